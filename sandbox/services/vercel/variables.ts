import { randomBytes } from 'node:crypto';
import { type Route, route } from '../../http/router.js';
import type { Project } from './project.js';

interface Variable {
  readonly id: string;
  readonly key: string;
  readonly createdAt: number;
  updatedAt: number;
  value: string;
  type: string;
  target: readonly string[];
  comment?: string;
}

type Call = { readonly url: URL; readonly body: Record<string, unknown> };

const TARGETS = ['production', 'preview', 'development'];
const TYPES = ['encrypted', 'plain', 'sensitive', 'system'];

/** Environment variables of a project. https://vercel.com/docs/rest-api/environment */
export function createVariables(find: (idOrName: unknown) => Project | undefined): readonly Route<Call>[] {
  const byProject = new Map<string, Variable[]>();
  const listOf = (project: Project) => {
    const list = byProject.get(project.id) ?? [];
    byProject.set(project.id, list);
    return list;
  };
  /** https://vercel.com/docs/environment-variables/sensitive-environment-variables: never shown again. */
  const describe = ({ value, ...variable }: Variable, inClear: boolean) => ({
    ...variable,
    configurationId: null,
    customEnvironmentIds: [],
    decrypted: inClear && variable.type !== 'sensitive',
    ...(variable.type === 'sensitive' ? {} : { value: inClear ? value : Buffer.from(value).toString('base64') }),
  });
  const refuse = (message: string) => Response.json({ error: { code: 'bad_request', message } }, { status: 400 });
  const missing = (what: string) =>
    Response.json({ error: { code: 'not_found', message: `${what} not found` } }, { status: 404 });

  function check(variable: Pick<Variable, 'value' | 'type' | 'target'>): string | undefined {
    if (variable.value === '') return 'The value of an environment variable must not be empty.';
    if (!TYPES.includes(variable.type)) return `Invalid type: ${variable.type}`;
    if (variable.target.length === 0 || variable.target.some((one) => !TARGETS.includes(one))) return 'Invalid target';
    if (variable.type === 'sensitive' && variable.target.includes('development'))
      return 'You cannot set a Sensitive Environment Variable’s target to development.';
    return undefined;
  }

  return [
    // https://vercel.com/docs/rest-api/projects/retrieve-the-environment-variables-of-a-project-by-id-or-name
    route('GET', '/v10/projects/:project/env', ({ project: name }) => {
      const project = find(name);
      if (!project) return missing('Project');
      return Response.json({ envs: listOf(project).map((variable) => describe(variable, false)) });
    }),
    // https://vercel.com/docs/rest-api/projects/retrieve-the-decrypted-value-of-an-environment-variable-of-a-project-by-id
    route('GET', '/v1/projects/:project/env/:id', ({ project: name, id }) => {
      const project = find(name);
      const variable = project && listOf(project).find((one) => one.id === id);
      return variable ? Response.json(describe(variable, true)) : missing('Environment variable');
    }),
    // https://vercel.com/docs/rest-api/projects/create-one-or-more-environment-variables
    route('POST', '/v10/projects/:project/env', ({ project: name }, { url, body }) => {
      const project = find(name);
      if (!project) return missing('Project');
      const key = String(body.key ?? '');
      const input = {
        value: String(body.value ?? ''),
        type: String(body.type),
        target: Array.isArray(body.target) ? body.target.map(String) : [],
        ...(typeof body.comment === 'string' ? { comment: body.comment } : {}),
      };
      if (!/^[A-Za-z]\w*$/.test(key)) return refuse('The name contains invalid characters.');
      const problem = check(input);
      if (problem) return refuse(problem);
      const known = listOf(project).find(
        (one) => one.key === key && one.target.some((target) => input.target.includes(target)),
      );
      if (known && url.searchParams.get('upsert') !== 'true') {
        const message = `Another environment variable with the name ${key} and target ${known.target.join()} exists.`;
        return Response.json({ error: { code: 'ENV_CONFLICT', message, key } }, { status: 403 });
      }
      const now = Date.now();
      const variable = known ?? { id: randomBytes(8).toString('hex'), key, createdAt: now, updatedAt: now, ...input };
      if (known) Object.assign(known, input, { updatedAt: now });
      else listOf(project).push(variable);
      return Response.json({ created: describe(variable, false), failed: [] }, { status: 201 });
    }),
    // https://vercel.com/docs/rest-api/projects/edit-an-environment-variable
    route('PATCH', '/v9/projects/:project/env/:id', ({ project: name, id }, { body }) => {
      const project = find(name);
      const variable = project && listOf(project).find((one) => one.id === id);
      if (!variable) return missing('Environment variable');
      const { value, type, target, comment } = body as Partial<Variable>;
      const changed = {
        value: value ?? variable.value,
        type: type ?? variable.type,
        target: target ?? variable.target,
        ...(comment === undefined ? {} : { comment }),
      };
      const problem = check(changed);
      if (problem) return refuse(problem);
      Object.assign(variable, changed, { updatedAt: Date.now() });
      return Response.json(describe(variable, false));
    }),
  ];
}
