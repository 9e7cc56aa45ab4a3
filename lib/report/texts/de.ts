import type { Texts } from './texts.js';

export const DE: Texts = {
  revert: {
    title: (good) => `revert: nimmt die Commits seit ${good} zurück, dem letzten guten Deployment`,
    notARepair: 'Dies ist eine Rücknahme, keine Reparatur: sie nimmt Arbeit zurück.',
    reason: (attempts) =>
      `Der Produktions-Build schlägt fehl, und ${attempts === 1 ? 'ein Versuch' : `${attempts} Versuche`}, ihn zu reparieren, ${attempts === 1 ? 'hat' : 'haben'} nicht gehalten.`,
    effect: (good, head) =>
      `Das Zusammenführen gibt dem Branch die Dateien von ${good}, die in Produktion sind, und lässt alles bis ${head} weg.`,
    failure: 'Was fehlschlägt:',
    choice:
      'Es ist ein Entwurf, weil ein Mensch entscheiden muss: zusammenführen, damit die Produktion wieder baut, und die Arbeit später wiederbringen, oder schließen und den Build von Hand reparieren. Er wird einmal vorgeschlagen und nie von uns zusammengeführt.',
    files: (count) => `${count} ${count === 1 ? 'Datei geht' : 'Dateien gehen'} zurück:`,
    more: (count) => `und ${count} weitere`,
    proposed: (number) =>
      `Ein Entwurf, der die Commits seit dem letzten guten Deployment zurücknimmt, ist als Pull Request ${number} vorgeschlagen.`,
    refused: (branch, reason) => `Eine Rücknahme (Branch ${branch}) wurde nicht als Entwurf vorgeschlagen: ${reason}`,
    link: 'Entwurf einer Rücknahme',
  },
  settings: {
    heading: 'Die Einstellungen dieses Repositorys enthalten einen Fehler',
    inFile: (file) => `${file} ließ sich nicht vollständig verstehen:`,
    atLine: (line) => `Zeile ${line}`,
    consequence:
      'Bis das behoben ist, gilt nichts, was die Datei erlaubt (Zusammenführen ohne einen Menschen, geschützte Änderungen, der Entwurf einer Rücknahme). Was sie verbietet und lesbar war, gilt weiter.',
    schema: (address) => `Die Schlüssel und ihre Werte sind in ${address} beschrieben.`,
    seenAt: (sha) => `Gesehen in ${sha}.`,
    mended: 'Die Einstellungen dieses Repositorys sind wieder verständlich.',
    more: (count) => `und ${count} weitere`,
    problems: {
      unreadable: () => 'ist nicht lesbar: es muss eine gewöhnliche Textdatei sein',
      'not-listed': () => 'ließ sich nicht suchen: das Repository ist zu groß, um es aufzulisten',
      'file-too-long': (wanted) => `ist zu lang: gelesen werden ${wanted} Zeichen`,
      'not-json': () => 'ist ab hier kein gültiges JSON (Kommentare und Kommas am Ende gehören nicht dazu)',
      'not-an-object': () => 'muss ein JSON-Objekt sein',
      'unknown-key': (wanted) =>
        wanted === '' ? 'ist nicht bekannt' : `ist nicht bekannt; gemeint ist wohl ${wanted}`,
      'stands-twice': () => 'steht zweimal da',
      'wrong-type': (wanted) => `muss vom Typ ${wanted} sein`,
      'not-one-of': (wanted) => `muss eines von diesen sein: ${wanted}`,
      'not-whole': () => 'muss eine ganze Zahl sein',
      'too-small': (wanted) => `muss mindestens ${wanted} sein`,
      'too-large': (wanted) => `darf höchstens ${wanted} sein`,
      'too-long': (wanted) => `ist zu lang: höchstens ${wanted}`,
      empty: () => 'ist leer',
      'not-a-path': () =>
        'muss ein Muster ab der Wurzel des Repositorys sein, ohne `.`, `..` und umgekehrte Schrägstriche',
      'not-a-reviewer': () => 'muss ein Anmeldename sein, oder Organisation/Team',
    },
  },
};
