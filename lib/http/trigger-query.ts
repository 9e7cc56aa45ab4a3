export type TriggerQuery = { readonly deploymentId?: string; readonly project?: string } | { readonly problem: string };

const KNOWN = new Set(['key', 'deployment', 'project']);

/** `?deployment=dpl_…` or `?project=…`, each at most once, never both. */
export function parseTriggerQuery(parameters: URLSearchParams): TriggerQuery {
  for (const name of new Set(parameters.keys())) {
    if (!KNOWN.has(name)) return { problem: `The parameter ${JSON.stringify(name.slice(0, 40))} is not known.` };
    if (parameters.getAll(name).length > 1) return { problem: `The parameter ${name} is given more than once.` };
  }
  const deployment = parameters.get('deployment');
  const project = parameters.get('project');
  if (deployment !== null && project !== null) return { problem: 'Give a deployment or a project, not both.' };
  if (deployment !== null && !/^dpl_[A-Za-z0-9]{4,64}$/u.test(deployment))
    return { problem: 'A deployment is named by its id, such as dpl_8XVz1kPnJw.' };
  if (project !== null && !/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/u.test(project))
    return { problem: 'A project is named by its name or its id, such as prj_4TnWm.' };
  return {
    ...(deployment === null ? {} : { deploymentId: deployment }),
    ...(project === null ? {} : { project }),
  };
}
