/**
 * The clock of this process: it runs like the true one and can be set. What the adapters wait for by
 * `AbortSignal.timeout` ends when this clock says so, never by itself.
 */
export interface VirtualTime {
  now(): number;
  /** Milliseconds ahead of the machine's clock. */
  ahead(): number;
  /** Moves on; what was to end in the meantime ends. */
  pass(milliseconds: number): void;
  /** Goes to another time, where nothing is waited for. */
  set(milliseconds: number): void;
  uninstall(): void;
}

export function installVirtualTime(): VirtualTime {
  const TrueDate = globalThis.Date;
  const trueTimeout = AbortSignal.timeout;
  let ahead = 0;
  let deadlines: { readonly at: number; readonly controller: AbortController }[] = [];
  const now = () => TrueDate.now() + ahead;

  class VirtualDate extends TrueDate {
    constructor(...given: readonly unknown[]) {
      // @ts-expect-error: handed on as it came
      super(...(given.length === 0 ? [now()] : given));
    }
    static override now = now;
  }
  globalThis.Date = VirtualDate as DateConstructor;
  AbortSignal.timeout = (milliseconds) => {
    const controller = new AbortController();
    // Requests are over long before so many later ones have begun.
    if (deadlines.length >= 2_000) deadlines = deadlines.slice(1_000);
    deadlines.push({ at: now() + milliseconds, controller });
    return controller.signal;
  };

  return {
    now,
    ahead: () => ahead,
    pass(milliseconds) {
      ahead += milliseconds;
      const over = deadlines.filter(({ at }) => at <= now());
      deadlines = deadlines.filter(({ at }) => at > now());
      for (const { controller } of over)
        controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    },
    set(milliseconds) {
      ahead = milliseconds - TrueDate.now();
      deadlines = [];
    },
    uninstall() {
      globalThis.Date = TrueDate;
      AbortSignal.timeout = trueTimeout;
    },
  };
}
