import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** A port that nothing listens on now; for programs that must be told one. */
export function findFreePort(): Promise<number> {
  return listenBriefly(0);
}

/** @throws Error with a sentence for people when something listens there already. */
export async function assertPortIsFree(port: number): Promise<void> {
  try {
    await listenBriefly(port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'EADDRINUSE'
        ? `Port ${port} is in use; stop what listens there, or choose another with --port.`
        : `Port ${port} cannot be listened on: ${message}`,
    );
  }
}

function listenBriefly(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address() as AddressInfo;
      probe.close(() => resolve(address.port));
    });
  });
}
