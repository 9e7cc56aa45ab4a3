import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { AdapterError } from '../../errors.js';
import type { HistoryEntry, Incident } from '../../incident/incident.js';
import {
  parseFailure,
  parseHistoryEntry,
  parseIncident,
  serializeIncident,
  UnreadableDocument,
} from '../../incident/incident-schema.js';
import { isFinal, isHandedOver, isSettled } from '../../incident/transitions.js';
import type { IgnoredDeployment, IncidentStore } from '../../ports.js';
import { BEGIN_SWEEP } from './begin-sweep.js';
import { type Connection, NOW, toNumber, toNumbersByName, toParts, toText, toTexts, toWord } from './connection.js';
import { EXPIRY } from './expiry.js';
import { COMPLETED, PAUSED, SWEEP_MARKS } from './sweep-marks.js';

const LONGEST_HISTORY = 500;
const LONGEST_IGNORED_LIST = 100;
const LARGEST_PAGE = 100;
/** A page of larger documents ends early: the free plan has 10 GB of traffic a month. */
const LARGEST_PAGE_BYTES = 4_000_000;
/** Upstash takes requests of up to 10 MB, and 1 MB on older plans. */
const LARGEST_DOCUMENT_BYTES = 1_000_000;

const IGNORED = 'ignored';

const COMPLETE_SWEEP = `
local last = redis.call('ZSCORE', KEYS[1], '${COMPLETED}')
if last and tonumber(last) >= tonumber(ARGV[1]) then return 'kept' end
redis.call('ZADD', KEYS[1], ARGV[1], '${COMPLETED}', ARGV[1], ARGV[2])
return 'moved'`;

const FORGET_EXPIRED = `
redis.call('ZREMRANGEBYSCORE', seen, '-inf', whole(now - ${EXPIRY.seenDeployment}))`;

const OPEN = `${NOW}
local incident, history, due, seen, open, recent, lease = unpack(KEYS, 1, 7)
local id, document, version, operation, dueAt, openedAt, entry, token, ttl = unpack(ARGV, 1, 9)
if redis.call('GET', KEYS[8]) or redis.call('EXISTS', incident) == 1 then
  if redis.call('HGET', incident, 'operation') == operation then return 'opened' end
  return 'known'
end
local failures = #KEYS - 7
redis.call('HSET', incident, 'document', document, 'version', version, 'operation', operation, 'ended', '0',
  'failures', failures)
redis.call('SADD', open, incident)
for i = 1, failures do
  redis.call('SET', KEYS[7 + i], incident, 'PX', ${EXPIRY.seenDeployment})
  redis.call('ZADD', seen, ARGV[9 + 2 * i], ARGV[8 + 2 * i])
end
if token ~= '' then redis.call('SET', lease, token, 'PX', ttl) end
if dueAt ~= '' then redis.call('ZADD', due, dueAt, id) end
redis.call('ZADD', recent, openedAt, incident)
redis.call('RPUSH', history, entry)
${FORGET_EXPIRED}
-- Two of the oldest may go for each new one, so the index follows the expiry of the documents.
for _, oldest in ipairs(redis.call('ZRANGE', recent, 0, 1)) do
  if redis.call('EXISTS', oldest) == 0 then redis.call('ZREM', recent, oldest) end
end
return 'opened'`;

const IGNORE = `${NOW}
local seen = KEYS[2]
if not redis.call('SET', KEYS[1], '${IGNORED}', 'NX', 'PX', ${EXPIRY.seenDeployment}) then return 'known' end
redis.call('ZADD', seen, ARGV[2], ARGV[1])
redis.call('LPUSH', KEYS[3], ARGV[3])
redis.call('LTRIM', KEYS[3], 0, ${LONGEST_IGNORED_LIST - 1})
redis.call('PEXPIRE', KEYS[3], ${EXPIRY.seenDeployment})
${FORGET_EXPIRED}
return 'ignored'`;

const FIND_BY_DEPLOYMENT = `
local incident = redis.call('GET', KEYS[1])
if not incident or incident == '${IGNORED}' then return '' end
return redis.call('HGET', incident, 'document') or ''`;

const CLAIM = `
if not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) and redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return {'held'}
end
local document = redis.call('HGET', KEYS[1], 'document')
if not document then
  redis.call('DEL', KEYS[2])
  return {'gone'}
end
return {'claimed', document, redis.call('HVALS', KEYS[3])}`;

const EXTEND = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

const JOIN = `${NOW}
local incident, joining, due, history = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, deployment, failure, entry = unpack(ARGV)
if redis.call('HGET', incident, 'ended') ~= '0' then return 'gone' end
if redis.call('HSETNX', joining, deployment, failure) == 1 then
  redis.call('RPUSH', history, entry)
  redis.call('ZADD', due, whole(now), id)
end
return 'joined'`;

const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 'released'`;

const SAVE = `
local incident, lease, history, due, seen, open, joining = unpack(KEYS, 1, 7)
local id, token, version, nextVersion, document, operation, ended, dueAt, settled = unpack(ARGV, 1, 9)
local stored = redis.call('HMGET', incident, 'version', 'operation', 'ended', 'failures')
if stored[2] == operation then return 'saved' end
if redis.call('GET', lease) ~= token then return 'lease-lost' end
if tostring(stored[1]) ~= version then return 'conflict' end
local failures = #KEYS - 7
local joined = redis.call('HLEN', joining)
if joined > 0 then
  for i = 1, failures do joined = joined - redis.call('HEXISTS', joining, ARGV[8 + 2 * i]) end
  if joined > 0 and settled == '1' then return 'conflict' end
  for i = 1, failures do redis.call('HDEL', joining, ARGV[8 + 2 * i]) end
  if joined > 0 then dueAt = '0' end
end
redis.call('HSET', incident, 'document', document, 'version', nextVersion, 'operation', operation, 'ended', ended,
  'failures', failures)
if dueAt == '' then redis.call('ZREM', due, id) else redis.call('ZADD', due, dueAt, id) end
for i = tonumber(stored[4]) + 1, failures do
  redis.call('SET', KEYS[7 + i], incident, 'PX', ${EXPIRY.seenDeployment})
  redis.call('ZADD', seen, ARGV[9 + 2 * i], ARGV[8 + 2 * i])
end
if #ARGV > 9 + 2 * failures then
  redis.call('RPUSH', history, unpack(ARGV, 10 + 2 * failures))
  redis.call('LTRIM', history, -${LONGEST_HISTORY}, -1)
end
if ended == '1' then
  redis.call('SREM', open, incident)
  redis.call('PEXPIRE', incident, ${EXPIRY.endedIncident})
  redis.call('PEXPIRE', history, ${EXPIRY.endedIncident})
elseif stored[3] == '1' then
  redis.call('SADD', open, incident)
  redis.call('PERSIST', incident)
  redis.call('PERSIST', history)
end
return 'saved'`;

const LIST = `
local from = '+inf'
if ARGV[2] ~= '' then from = '(' .. ARGV[2] end
local found = redis.call('ZREVRANGEBYSCORE', KEYS[1], from, '-inf', 'WITHSCORES', 'LIMIT', 0, ARGV[1])
local incidents, last = {}, nil
for i = 1, #found, 2 do
  incidents[#incidents + 1] = found[i]
  last = found[i + 1]
end
if last then
  local same = redis.call('ZREVRANGEBYSCORE', KEYS[1], last, last)
  local known = {}
  for _, incident in ipairs(incidents) do known[incident] = true end
  for _, incident in ipairs(same) do
    if not known[incident] then
      incidents[#incidents + 1] = incident
      found[2 * #incidents - 1] = incident
      found[2 * #incidents] = last
    end
  end
end
local documents, bytes, openedAt = {}, 0, nil
for i, incident in ipairs(incidents) do
  if bytes > ${LARGEST_PAGE_BYTES} and found[2 * i] ~= openedAt then break end
  openedAt = found[2 * i]
  local document = redis.call('HGET', incident, 'document')
  if document then
    documents[#documents + 1] = document
    bytes = bytes + #document
  end
end
return {unpack(documents)}`;

const LIST_OPEN = `
local documents = {}
for _, incident in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local document = redis.call('HGET', incident, 'document')
  if document then documents[#documents + 1] = document else redis.call('SREM', KEYS[1], incident) end
  if #documents == ${LARGEST_PAGE} then break end
end
return {unpack(documents)}`;

const FIND_ALL = `
local documents = {}
for _, incident in ipairs(KEYS) do
  local document = redis.call('HGET', incident, 'document')
  if document then documents[#documents + 1] = document end
end
return {unpack(documents)}`;

const ignoredSchema = v.object({
  deploymentId: v.string(),
  // Entries of version 0.1 have none.
  projectName: v.optional(v.string(), ''),
  reason: v.string(),
  createdAt: v.number(),
  inspectorUrl: v.optional(v.string()),
});

/** Keys: see `Connection.key`. Every script takes an id of the operation or compares, so that it can be sent twice. */
export function createIncidentStore({ key, run, send }: Connection): IncidentStore {
  const marks = key(SWEEP_MARKS);
  const due = key('due');
  const seen = key('seen');
  const recent = key('recent');
  const ignored = key('ignored');

  async function find(id: string): Promise<Incident | undefined> {
    return fromReply(await send((redis) => redis.hget<string>(key('incident', id), 'document')), id);
  }

  async function findAll(ids: readonly string[]): Promise<readonly Incident[]> {
    const found: Incident[] = [];
    for (let start = 0; start < ids.length; start += LARGEST_PAGE) {
      const keys = ids.slice(start, start + LARGEST_PAGE).map((id) => key('incident', id));
      found.push(...toTexts(await run(FIND_ALL, keys)).flatMap(readIfReadable));
    }
    return found;
  }

  return {
    async beginSweep(limit) {
      const [now, stored, dueIds, seenIds] = toParts(
        await run(BEGIN_SWEEP, [marks, due, seen, recent], [limit, key('incident', ''), key('deployment', '')]),
        4,
      );
      const times = toNumbersByName(stored);
      const lastSweepAt = times.get(COMPLETED);
      return {
        now: toNumber(now),
        ...(lastSweepAt === undefined ? {} : { lastSweepAt }),
        paused: times.has(PAUSED),
        due: toTexts(dueIds),
        seen: new Set(toTexts(seenIds)),
      };
    },

    async completeSweep(startedAt, trigger = 'cron') {
      await run(COMPLETE_SWEEP, [marks], [startedAt, trigger]);
    },

    async open(incident, history, claim) {
      const reply = await run(
        OPEN,
        [
          key('incident', incident.id),
          key('history', incident.id),
          due,
          seen,
          key('open', incident.repository.id),
          recent,
          key('lease', incident.id),
          ...incident.failures.map((failure) => key('deployment', failure.deploymentId)),
        ],
        [
          incident.id,
          toDocument(incident),
          incident.version,
          randomUUID(),
          incident.dueAt ?? '',
          incident.openedAt,
          JSON.stringify(history),
          claim?.token ?? '',
          claim?.ttlMs ?? '',
          ...incident.failures.flatMap((failure) => [failure.deploymentId, failure.createdAt]),
        ],
      );
      return toWord(reply, ['opened', 'known']);
    },

    async ignore(deployment) {
      const { deploymentId, createdAt } = deployment;
      await run(
        IGNORE,
        [key('deployment', deploymentId), seen, ignored],
        [deploymentId, createdAt, JSON.stringify(deployment)],
      );
    },

    async listIgnored() {
      const entries = toTexts(await send((redis) => redis.lrange(ignored, 0, LONGEST_IGNORED_LIST - 1)));
      return entries.flatMap((entry): IgnoredDeployment[] => {
        const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ignoredSchema), entry);
        if (!parsed.success) return [];
        const { inspectorUrl, ...facts } = parsed.output;
        return [inspectorUrl === undefined ? facts : { ...facts, inspectorUrl }];
      });
    },

    find,

    async findByDeployment(deploymentId) {
      const found = fromReply(await run(FIND_BY_DEPLOYMENT, [key('deployment', deploymentId)]), deploymentId);
      return found?.status === 'joined' ? ((await find(found.into)) ?? found) : found;
    },

    async claim(id, ttlMs) {
      const token = randomUUID();
      const reply = toParts(
        await run(CLAIM, [key('incident', id), key('lease', id), key('joining', id)], [token, ttlMs]),
        1,
      );
      const outcome = toWord(reply[0], ['claimed', 'held', 'gone']);
      if (outcome !== 'claimed') return outcome;
      const incident = readDocument(toText(reply[1]), id);
      const known = new Set(incident.failures.map((failure) => failure.deploymentId));
      const joined = toTexts(reply[2])
        .map((failure) => read(() => parseFailure(failure), id))
        .filter((failure) => !known.has(failure.deploymentId));
      return {
        lease: { incidentId: id, token },
        incident: { ...incident, failures: [...incident.failures, ...joined] },
      };
    },

    async release({ incidentId, token }) {
      await run(RELEASE, [key('lease', incidentId)], [token]);
    },

    async extend({ incidentId, token }, ttlMs) {
      return toNumber(await run(EXTEND, [key('lease', incidentId)], [token, ttlMs])) === 1;
    },

    async join(id, failure, history) {
      const reply = await run(
        JOIN,
        [key('incident', id), key('joining', id), due, key('history', id)],
        [id, failure.deploymentId, JSON.stringify(failure), JSON.stringify(history)],
      );
      return toWord(reply, ['joined', 'gone']);
    },

    async save(incident, lease, history) {
      const next = { ...incident, version: incident.version + 1 };
      const reply = await run(
        SAVE,
        [
          key('incident', incident.id),
          key('lease', incident.id),
          key('history', incident.id),
          due,
          seen,
          key('open', incident.repository.id),
          key('joining', incident.id),
          ...incident.failures.map((failure) => key('deployment', failure.deploymentId)),
        ],
        [
          incident.id,
          lease.token,
          incident.version,
          next.version,
          toDocument(next),
          randomUUID(),
          isFinal(incident.status) ? '1' : '0',
          isFinal(incident.status) && !isHandedOver(incident.status) ? '' : (incident.dueAt ?? ''),
          isSettled(incident.status) ? '1' : '0',
          ...incident.failures.flatMap((failure) => [failure.deploymentId, failure.createdAt]),
          ...history.map((entry) => JSON.stringify(entry)),
        ],
      );
      return toWord(reply, ['saved', 'conflict', 'lease-lost']);
    },

    async list({ limit, before }) {
      const size = Math.min(Math.max(Math.trunc(limit), 1), LARGEST_PAGE);
      return toTexts(await run(LIST, [recent], [size, before ?? ''])).flatMap(readIfReadable);
    },

    findAll,

    async listUnfinished() {
      return findAll(toTexts(await send((redis) => redis.zrange(due, 0, LARGEST_PAGE - 1))));
    },

    async listOpen(repositoryId) {
      return toTexts(await run(LIST_OPEN, [key('open', repositoryId)])).flatMap(readIfReadable);
    },

    async readHistory(id) {
      const entries = toTexts(await send((redis) => redis.lrange(key('history', id), 0, -1)));
      return entries.map((entry): HistoryEntry => read(() => parseHistoryEntry(entry), id));
    },
  };
}

function toDocument(incident: Incident): string {
  const document = read(() => serializeIncident(incident), incident.id);
  if (Buffer.byteLength(document) > LARGEST_DOCUMENT_BYTES)
    throw new AdapterError(`Incident ${incident.id} is larger than the store takes.`, {
      system: 'upstash',
      kind: 'rejected',
    });
  return document;
}

function fromReply(reply: unknown, id: string): Incident | undefined {
  return reply === null || reply === '' ? undefined : readDocument(toText(reply), id);
}

/** One unreadable document must not hide the others; `find` says what is wrong with it. */
function readIfReadable(document: string): Incident[] {
  try {
    return [parseIncident(document)];
  } catch {
    return [];
  }
}

function readDocument(document: string, id: string): Incident {
  return read(() => parseIncident(document), id);
}

function read<Value>(parse: () => Value, id: string): Value {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    throw new AdapterError(`Stored document of ${id}: ${error.message}`, {
      system: 'upstash',
      kind: 'malformed',
      cause: error,
    });
  }
}
