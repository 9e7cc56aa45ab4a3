/** What setup says and asks. Where nobody can be asked, every question answers with what stands for silence. */
export interface Dialogue {
  /** Whether somebody answers. */
  readonly isAttended: boolean;
  /** Never shown while it is typed. Undefined: nothing was entered. */
  askSecret(question: { readonly title: string; readonly hint: string }): Promise<string | undefined>;
  choose(title: string, options: readonly Option[]): Promise<string | undefined>;
  /** `selected` when nobody answers. */
  chooseSeveral(title: string, options: readonly Option[], selected: readonly string[]): Promise<readonly string[]>;
  /** True when nobody answers: that is what `--yes` means. */
  confirm(title: string): Promise<boolean>;
  /** A step begins. */
  begin(title: string): void;
  say(sentence: string): void;
  /** Something is being done. */
  advance(text: string): void;
  warn(sentence: string): void;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** Why setup cannot go on, one sentence for each reason. */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem';
  readonly sentences: readonly string[];

  constructor(...sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}

/** One thing that setup would do. */
export interface Change {
  /** What it is, without any secret: "Set GITHUB_TOKEN …". */
  readonly text: string;
  /** @param say how it comes along, where it takes long */
  apply(say: (sentence: string) => void): Promise<void>;
}

/** What the services' answers come to, and what is left to people. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly notes: readonly string[];
}
