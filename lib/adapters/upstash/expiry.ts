const DAY_MS = 24 * 60 * 60 * 1000;

/** How long what is kept, in milliseconds. */
export const EXPIRY = {
  endedIncident: 180 * DAY_MS,
  /** Far longer than a sweep ever looks back. */
  seenDeployment: 30 * DAY_MS,
  fingerprintOwner: 180 * DAY_MS,
  /** Nobody waits for a probe for so long. */
  outage: DAY_MS,
  verifiedPatch: 180 * DAY_MS,
  rejectedFingerprint: 30 * DAY_MS,
  mutedFingerprint: 180 * DAY_MS,
  deadLetter: 30 * DAY_MS,
  personAction: 180 * DAY_MS,
  /** The longest that a function may run, so that a delivery whose function died is taken again. */
  claimedDelivery: 5 * 60 * 1000,
  /** Vercel repeats a delivery for a day; GitHub lets people repeat one for three. */
  doneDelivery: 7 * DAY_MS,
  /** Long enough for a command to be sent again. */
  reservation: 60 * 1000,
} as const;
