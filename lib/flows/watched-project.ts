import type { Project } from '../ports.js';
import type { World } from './world.js';

/** Whether failures of this project are ours to heal. */
export function isWatched({ config }: Pick<World, 'config'>, { id, name }: Project): boolean {
  const { projects } = config.vercel;
  return id !== config.ownProjectId && (projects.length === 0 || projects.includes(id) || projects.includes(name));
}
