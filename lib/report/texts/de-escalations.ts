import type { EscalationReason } from '../../incident/incident.js';
import type { EscalationText } from '../escalation-text.js';

export const DE_ESCALATIONS: Readonly<Record<EscalationReason, EscalationText>> = {
  'not-repairable': {
    title: 'Eine Änderung am Repository kann das nicht reparieren',
    remedy: 'Tun, was die Diagnose nennt, dann neu deployen.',
  },
  'patch-rejected': {
    title: 'Kein Patch bestand die Prüfungen',
    remedy: 'Die Gründe stehen unten. Die Änderung von Hand machen, wo sie richtig ist, oder es noch einmal versuchen.',
  },
  'rejected-before': {
    title: 'Ein Mensch hat den Pull Request zu diesem Fehler schon einmal geschlossen',
    remedy: '30 Tage lang wird nichts vorgeschlagen, außer jemand lässt es noch einmal versuchen.',
  },
  muted: {
    title: 'Ein Mensch hat diesen Fehler stummgeschaltet',
    remedy: 'Er wird festgehalten und sonst nichts, bis jemand das aufhebt.',
  },
  'branch-excluded': {
    title: 'Die Einstellungen des Repositorys lassen diesen Branch in Ruhe',
    remedy: 'Den Branch unter `branches` in `.github/self-healing.json` nennen, wenn er geheilt werden soll.',
  },
  'given-up': {
    title: 'Ein Mensch hat die Reparatur beendet',
    remedy: 'Von Hand reparieren oder es noch einmal versuchen lassen.',
  },
  'attempts-exhausted': {
    title: 'Alle Versuche sind verbraucht',
    remedy:
      'Die Versuche unten zeigen, was probiert wurde und was die Builds dazu sagten. Vom letzten aus weitermachen oder es noch einmal versuchen lassen.',
  },
  'limit-reached': {
    title: 'Eine Grenze ist erreicht',
    remedy: 'Warten, bis sie sich öffnet, und es noch einmal versuchen, oder sie in den Einstellungen anheben.',
  },
  'low-confidence': {
    title: 'Das Modell war nicht sicher genug, um eine Änderung vorzuschlagen',
    remedy:
      'Mit der Diagnose unten von Hand reparieren, oder es noch einmal versuchen, wenn der Code darum klarer ist.',
  },
  'preview-environment': {
    title: 'Der Preview fehlt eine Umgebungsvariable, die die Produktion hat',
    remedy:
      'Die Variable in den Einstellungen des Projekts auf Vercel auch für Preview anlegen, dann es noch einmal versuchen.',
  },
  'preview-never-started': {
    title: 'Vercel hat den Reparatur-Branch nie gebaut',
    remedy:
      'Prüfen: den Ignored Build Step des Projekts, ob Previews dieses Branches an sind, und ob Vercel den Autor des Commits annimmt; dann es noch einmal versuchen.',
  },
  'preview-timeout': {
    title: 'Die Preview wurde nicht rechtzeitig fertig',
    remedy: 'Das Preview-Deployment auf Vercel ansehen. Wenn es fertig ist, es noch einmal versuchen.',
  },
  'production-never-started': {
    title: 'Vercel hat die Produktion nach dem Zusammenführen nicht gebaut',
    remedy: 'Die Git-Einstellungen des Projekts auf Vercel prüfen und den Produktions-Branch neu deployen.',
  },
  'production-timeout': {
    title: 'Die Produktion lieferte die zusammengeführte Reparatur nicht rechtzeitig aus',
    remedy: 'Das Produktions-Deployment auf Vercel ansehen; vielleicht wartet es auf eine Freigabe (Promote).',
  },
  'signature-required': {
    title: 'Das Repository nimmt nur signierte Commits an',
    remedy: 'Die Änderung unten von Hand machen, oder die Branches `fix/auto-repair-*` von der Regel ausnehmen.',
  },
  'branch-rule': {
    title: 'Eine Branch-Regel lehnt den Reparatur-Branch ab',
    remedy:
      'Die Branches `fix/auto-repair-*` in den Regeln des Repositorys für dieses Token erlauben, dann es noch einmal versuchen.',
  },
  'push-protection': {
    title: 'GitHubs Push Protection hat den Commit abgelehnt',
    remedy:
      'Ansehen, was sie in den unten genannten Dateien fand; es kann ein Geheimnis sein, das schon im Repository steht.',
  },
  'repository-archived': {
    title: 'Das Repository ist archiviert',
    remedy: 'Die Archivierung aufheben, oder das Projekt auf Vercel davon trennen.',
  },
  'repository-unreadable': {
    title: 'Das Token kann das Repository nicht lesen',
    remedy:
      'Dem GitHub-Token Zugriff auf dieses Repository geben (Contents: read and write), dann es noch einmal versuchen.',
  },
  'token-lacks-rights': {
    title: 'Dem Token fehlt ein Recht',
    remedy:
      'Dem GitHub-Token Contents, Pull requests, Issues und Commit statuses geben (read and write), dann es noch einmal versuchen.',
  },
  'deployment-limit': {
    title: 'Vercel macht heute keine Deployments mehr',
    remedy:
      'Die Grenze des Kontos ist aufgebraucht (Hobby: 100 am Tag). Wenn sie zurückgesetzt ist, den Produktions-Branch neu deployen; ein größerer Plan hat eine höhere.',
  },
  'cron-not-allowed': {
    title: 'Der Plan erlaubt einen Cron-Job von vercel.json nicht',
    remedy:
      'Auf Hobby läuft ein Cron-Job höchstens einmal am Tag: in vercel.json einen täglichen Plan wie `0 1 * * *` angeben, oder das Projekt auf Pro umstellen.',
  },
  'author-rejected': {
    title: 'Vercel nimmt den Autor des Commits nicht an',
    remedy:
      'Die E-Mail-Adresse des Autors muss zu einem GitHub-Konto mit Zugriff auf das Vercel-Projekt gehören: diese Person ins Team aufnehmen, oder einen Commit eines Mitglieds pushen. Ein Reparatur-Branch braucht das Token eines solchen Kontos.',
  },
  'vercel-config-invalid': {
    title: 'Die Datei vercel.json ist nicht gültig',
    remedy: 'Berichtigen, was Vercel an der vercel.json im Wurzelverzeichnis des Projekts nennt, und pushen.',
  },
  'deployment-refused': {
    title: 'Vercel hat von diesem Commit kein Deployment gemacht',
    remedy: 'Den Status des Commits auf GitHub öffnen: er verweist auf den Grund. Wenn der behoben ist, neu deployen.',
  },
  'evidence-gone': {
    title: 'Das Log des fehlgeschlagenen Deployments ist weg',
    remedy: 'Den Produktions-Branch neu deployen: ein neuer Fehler bringt ein neues Log.',
  },
  'empty-tree': {
    title: 'Der fehlschlagende Commit enthält keine Dateien',
    remedy: 'Prüfen, was auf den Produktions-Branch gepusht wurde.',
  },
  'model-unavailable': {
    title: 'Das Modell war nicht erreichbar',
    remedy: 'Schlüssel und Kontingent des Modells prüfen, dann es noch einmal versuchen.',
  },
  'internal-error': {
    title: 'Auf unserer Seite ging etwas kaputt',
    remedy: 'Noch einmal versuchen. Wenn es zweimal geschieht, stehen die Einzelheiten im Log der Funktion.',
  },
};
