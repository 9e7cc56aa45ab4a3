import { describe, expect, it } from 'vitest';
import { admitDeployment, screenDeployment } from '../../lib/incident/admission.js';
import type { Deployment } from '../../lib/ports.js';
import { buildDeployment, buildProject, fakeSha, REPOSITORY } from './builders.js';

const ANY = { watched: [] };
const git = buildDeployment().git;

describe('screenDeployment', () => {
  it.each<[string, Partial<Deployment>, string | undefined]>([
    ['a failed production deployment', {}, undefined],
    ['a preview', { target: null }, 'not-production'],
    ['staging', { target: 'staging' }, 'not-production'],
    ['a good one', { readyState: 'READY' }, 'not-failed'],
    ['a state that Vercel added later', { readyState: 'PAUSED' }, 'not-failed'],
    ['one that Vercel refused to build', { readyState: 'BLOCKED' }, 'blocked'],
    ['a canceled one', { readyState: 'CANCELED' }, 'canceled'],
    ['a deleted one', { readyState: 'DELETED' }, 'evidence-gone'],
    ['one from the command line', { source: 'cli' }, 'made-from-cli'],
    ['one without a commit', { git: undefined as never }, 'no-github-link'],
    ['a dirty working tree', { git: git && { ...git, dirty: true } }, 'dirty-tree'],
    ['a fork of another owner', { git: git && { ...git, commitOwner: 'stranger' } }, 'fork'],
    ['a fork under another name', { git: git && { ...git, commitRepository: 'shop-2' } }, 'fork'],
    ['the same names in other case', { git: git && { ...git, commitOwner: 'Acme' } }, undefined],
  ])('%s', (_, change, reason) => {
    const screened = screenDeployment(buildDeployment(change), ANY);

    expect(screened).toBe(reason);
  });

  it('leaves our own project alone', () => {
    expect(screenDeployment(buildDeployment(), { watched: [], ownProjectId: 'prj_web' })).toBe('own-project');
  });

  it.each([
    [['prj_web'], undefined],
    [['web'], undefined],
    [['other', 'prj_other'], 'project-not-watched'],
  ])('watches %j only', (watched, reason) => {
    expect(screenDeployment(buildDeployment(), { watched })).toBe(reason);
  });
});

describe('admitDeployment', () => {
  const failed = buildDeployment();
  const later = (id: string, readyState: string): Deployment =>
    buildDeployment({ id, readyState, createdAt: failed.createdAt + 60_000 });

  it('admits the newest deployment of the production branch, with what is needed later', () => {
    const ready = buildDeployment({
      id: 'dpl_good',
      readyState: 'READY',
      createdAt: 900_000,
      ...(git === undefined ? {} : { git: { ...git, sha: fakeSha('good') } }),
    });

    const admission = admitDeployment(failed, buildProject({ rootDirectory: 'apps/web' }), [failed, ready]);

    expect(admission).toMatchObject({
      outcome: 'admitted',
      repository: REPOSITORY,
      branch: 'main',
      failure: { rootDirectory: 'apps/web', framework: 'nextjs', lastReadySha: fakeSha('good') },
    });
  });

  it.each<[string, readonly Deployment[], object]>([
    ['a newer good one', [later('dpl_b', 'READY'), failed], { outcome: 'ignored', reason: 'not-newest' }],
    ['a newer failed one', [later('dpl_b', 'ERROR'), failed], { outcome: 'ignored', reason: 'not-newest' }],
    ['a newer one that is being built', [later('dpl_b', 'BUILDING'), failed], { outcome: 'wait' }],
    ['a newer one in the queue', [later('dpl_b', 'QUEUED'), failed], { outcome: 'wait' }],
    ['a newer one that was canceled', [later('dpl_b', 'CANCELED'), failed], { outcome: 'admitted' }],
  ])('beside %s', (_, newest, expected) => {
    expect(admitDeployment(failed, buildProject(), newest)).toMatchObject(expected);
  });

  it('ignores another branch, another repository and a project without a link', () => {
    const branch = buildProject({ link: { repository: REPOSITORY, productionBranch: 'release' } });
    const moved = buildProject({ link: { repository: { ...REPOSITORY, id: 42 }, productionBranch: 'main' } });
    const { link: _, ...unlinked } = buildProject();

    expect(admitDeployment(failed, branch, [failed])).toEqual({ outcome: 'ignored', reason: 'other-branch' });
    expect(admitDeployment(failed, moved, [failed])).toEqual({ outcome: 'ignored', reason: 'fork' });
    expect(admitDeployment(failed, unlinked, [failed])).toEqual({ outcome: 'ignored', reason: 'no-github-link' });
    expect(admitDeployment(failed, undefined, [failed])).toEqual({ outcome: 'ignored', reason: 'no-github-link' });
  });
});
