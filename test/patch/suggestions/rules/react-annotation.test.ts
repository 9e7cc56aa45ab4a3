import { describe, expect, it } from 'vitest';
import { reactAnnotation } from '../../../../lib/patch/suggestions/rules/react-annotation.js';
import { repairWith } from '../repository.js';

/** The place is marked by `¦`. */
const repair = async (marked: string, message: string, file = 'dock.tsx') => {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  const error = { file, message, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return (await repairWith(reactAnnotation, error, { files: { [file]: marked.replace('¦', '') } }))?.[file];
};

const ANY = (name: string) => `Parameter '${name}' implicitly has an 'any' type.`;
const CHILDREN = "Binding element 'children' implicitly has an 'any' type.";
const NO_CHILDREN = "Property 'children' does not exist on type '{ wide: boolean; }'.";

describe('react-annotation', () => {
  it.each([
    [
      'const change = (¦e) => set(e);\nconst a = <input onChange={change} />;\n',
      ANY('e'),
      'const change = (e: React.ChangeEvent<HTMLInputElement>) => set(e);\nconst a = <input onChange={change} />;\n',
    ],
    [
      'const send = async ¦e => set(e);\nconst a = <form onSubmit={send} />;\n',
      ANY('e'),
      'const send = async (e: React.FormEvent<HTMLFormElement>) => set(e);\nconst a = <form onSubmit={send} />;\n',
    ],
    [
      "import { type FormEvent } from 'react';\nconst send = (¦e) => set(e);\nconst a = <form onSubmit={send} />;\n",
      ANY('e'),
      "import { type FormEvent } from 'react';\nconst send = (e: FormEvent<HTMLFormElement>) => set(e);\nconst a = <form onSubmit={send} />;\n",
    ],
    [
      'function go(¦e) {}\nconst a = [<a onClick={go} />, <a onClick={go} />];\n',
      ANY('e'),
      'function go(e: React.MouseEvent<HTMLAnchorElement>) {}\nconst a = [<a onClick={go} />, <a onClick={go} />];\n',
    ],
    [
      'export default function Layout({ ¦children }) {}\n',
      CHILDREN,
      'export default function Layout({ children }: { children: React.ReactNode }) {}\n',
    ],
    [
      "import type { FC } from 'react';\nconst Box: FC<Props> = ({ wide, ¦children }) => null;\n",
      NO_CHILDREN,
      "import type { FC, PropsWithChildren } from 'react';\nconst Box: FC<PropsWithChildren<Props>> = ({ wide, children }) => null;\n",
    ],
    [
      "import React, { type FC } from 'react';\nconst Box: FC = ({ ¦children }) => null;\n",
      NO_CHILDREN,
      "import React, { type FC, type PropsWithChildren } from 'react';\nconst Box: FC<PropsWithChildren> = ({ children }) => null;\n",
    ],
    [
      "import * as React from 'react';\nconst Box: React.FC<Props> = ({ ¦children }) => null;\n",
      NO_CHILDREN,
      "import * as React from 'react';\nconst Box: React.FC<React.PropsWithChildren<Props>> = ({ children }) => null;\n",
    ],
  ])('%s', async (marked, message, repaired) => {
    expect(await repair(marked, message)).toBe(repaired);
  });

  it.each([
    ['two elements', 'const go = (¦e) => 1;\nconst a = [<a onClick={go} />, <b onClick={go} />];\n', ANY('e')],
    [
      'two elements that are known',
      'const go = (¦e) => 1;\nconst a = [<a onClick={go} />, <p onClick={go} />];\n',
      ANY('e'),
    ],
    ['a component', 'const go = (¦e) => 1;\nconst a = <Dock onClick={go} />;\n', ANY('e')],
    ['a call besides', 'const go = (¦e) => 1;\ngo(2);\nconst a = <a onClick={go} />;\n', ANY('e')],
    ['a second parameter', 'const go = (¦e, f) => 1;\nconst a = <a onClick={go} />;\n', ANY('e')],
    ['no use', 'const go = (¦e) => 1;\n', ANY('e')],
    ['another React', "import React from './react';\nconst go = (¦e) => 1;\nconst a = <a onClick={go} />;\n", ANY('e')],
    ['other props besides', 'function Layout({ wide, ¦children }) {}\n', CHILDREN],
    ['what is no component', 'const render = ({ ¦children }) => null;\n', CHILDREN],
    ['props of a type of their own', 'function Box({ ¦children }: Props) {}\n', NO_CHILDREN],
    ['another FC', "import type { FC } from './types';\nconst Box: FC = ({ ¦children }) => null;\n", NO_CHILDREN],
  ])('leaves %s', async (_, marked, message) => {
    expect(await repair(marked, message)).toBeUndefined();
  });
});
