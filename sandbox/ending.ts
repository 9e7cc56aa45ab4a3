/** The run ends here, with this exit code and a sentence for the person. */
export class Ending extends Error {
  override readonly name = 'Ending';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
