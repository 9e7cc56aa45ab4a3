/** Sentences in which a tool refuses what it was told: they name an option, or the file that holds the options. */

const dotted = `["'\`][\\w$]{1,40}(?:(?:\\.|\\['?)[\\w$*-]{1,40}'?\\]?){1,5}["'\`]`;
const quoted = `["'\`][\\w$.[\\]-]{2,80}["'\`]`;

const refusals: readonly RegExp[] = [
  // config.kit.alias should be an object; a file's name goes on differently.
  /(?<![\w./-])config(?:\.(?!(?:[cm]?[jt]sx?|json|ya?ml|toml)\b)[\w$]{1,40}){1,5}\b/,
  new RegExp(`\\b[Oo]ptions? ${quoted}|${quoted} (?:compiler |builder |plugin )?(?:option|flag)s?\\b`),
  /`[^`\n]{2,80}` option must\b|\bconfig(?:uration)? file must\b|\bwon't be precached\b/,
  new RegExp(`${dotted} (?:must|is required|is not|cannot|can't|should|was specified|requires)\\b|\\bfor ${dotted}`),
  /\b[a-z]{1,30}[A-Z]\w{0,40} option\b|\b[a-z]{1,30}Options\.\w{1,40}\b|\boutput formats? (?:include|["'`])/,
  /\b(?:[Uu]nknown|[Uu]nrecogni[sz]ed|[Ii]nvalid|[Uu]nexpected|[Uu]nsupported) (?:compiler |build |transform |input |output |CLI )?(?:options?|flags?|config(?:uration)? (?:file|key|value|object|detected))\b/,
  /\b[Ii]nvalid (?:config|configuration) (?:detected|object)\b|\bvalidate (?:input |output )?options\b|\b[Cc]onfig(?:uration)? validation failed\b/,
  /\b[Cc]heck (?:your |the )?(?:[\w@/-]{1,40} ){0,3}config(?:uration)?\b|\b[Cc]onfigure ["'`][\w.]{2,80}["'`]/,
  /\b(?:in|to) (?:the |your )?["'`]?(?:\/?[\w-]{1,40}\/){0,6}[\w-]{1,30}\.config(?:\.[cm]?[jt]s)?\b/,
  /\b(?:find|load|read|parse|in) (?:your |the |a )?(?:\w{2,20} ){0,2}config(?:uration)? file\b/i,
  /\bmust (?:specify|supply|set) ["'`](?:output|input)\.\w{1,40}["'`]|\bplugin ["'`]\w{1,60}["'`] (?:option|not found)/,
  /(?:^|: )\{ ?\w{1,40}: [^}]{1,60}\} has been (?:removed|renamed|deprecated)\b|\b[Uu]nsupported runtime\b/,
];

const address = /\bhttps?:\/\/\S{1,400}/g;
/** Where the reader may look who wants to live with the failure. */
const pointer = /\b[Ss]ee (?:the )?["'`]?\w{1,60}["'`]? option\b/g;

/** Whether the sentence is about settings. What a project's own code throws is to be kept from it: it may say anything. */
export function isAboutSettings(sentence: string): boolean {
  const text = sentence.slice(0, 800).replace(address, '').replace(pointer, '');
  return refusals.some((pattern) => pattern.test(text));
}

/** A function that looks over settings, or that has a plugin set itself up by them. */
const settingUp =
  /\bat (?:async )?(?:[\w$]{1,40}\.)?(?:validate_?(?:config\w{0,20}|options)|load_?config|runConfigHook|runHookConfigSetup|installModules?|normalizedModule|callModule)\b/i;

/** Whether the row of a stack is one in which a tool reads what it was told. */
export function isSettingUp(frame: string): boolean {
  return settingUp.test(frame);
}
