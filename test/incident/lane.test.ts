import { expect, it } from 'vitest';
import { laneOf } from '../../lib/incident/lane.js';
import { buildIncident } from './builders.js';

it.each([
  ['detected', 'gemini-3.8-flash', 'model-gemini-3.8-flash'],
  ['diagnosed', 'gemini-3.8-flash', 'model-gemini-3.8-flash'],
  ['refuted', 'gemini-3.8-flash', 'model-gemini-3.8-flash'],
  ['diagnosed', undefined, 'repository-41'],
  ['proposed', 'gemini-3.8-flash', 'repository-41'],
  ['merged', 'gemini-3.8-flash', 'repository-41'],
] as const)('a step of a %s incident with the model %s goes on the lane %s', (status, model, key) => {
  expect(laneOf({ ...buildIncident(), status }, model).key).toBe(key);
});
