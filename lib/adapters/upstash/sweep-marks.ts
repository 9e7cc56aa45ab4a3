/** One sorted set holds the times of the sweeps and of the pause, so that a sweep reads them all at once. */
export const SWEEP_MARKS = 'sweep';
export const COMPLETED = 'completed';
export const PAUSED = 'paused';
