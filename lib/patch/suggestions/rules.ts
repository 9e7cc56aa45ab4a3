import type { Rule } from './rule.js';
import { adapterRuntime } from './rules/adapter-runtime.js';
import { adjacentElements } from './rules/adjacent-elements.js';
import { aliasFolder } from './rules/alias-folder.js';
import { angularBinding } from './rules/angular-binding.js';
import { angularElement } from './rules/angular-element.js';
import { angularPipe } from './rules/angular-pipe.js';
import { appRouter } from './rules/app-router.js';
import { astroGlob } from './rules/astro-glob.js';
import { astroRenderer } from './rules/astro-renderer.js';
import { asyncFunction } from './rules/async-function.js';
import { asyncRequest } from './rules/async-request.js';
import { bareLessThan } from './rules/bare-less-than.js';
import { basePath } from './rules/base-path.js';
import { baseUrl } from './rules/base-url.js';
import { blockKeyword } from './rules/block-keyword.js';
import { brokenTag } from './rules/broken-tag.js';
import { browserVariable } from './rules/browser-variable.js';
import { buildOrder } from './rules/build-order.js';
import { bundlerAlias } from './rules/bundler-alias.js';
import { cacheProfile } from './rules/cache-profile.js';
import { changedParameters } from './rules/changed-parameters.js';
import { clientHandler } from './rules/client-handler.js';
import { climbingPath } from './rules/climbing-path.js';
import { closingTag } from './rules/closing-tag.js';
import { commonjsImport } from './rules/commonjs-import.js';
import { compilerAnswer } from './rules/compiler-answer.js';
import { compilerModifier } from './rules/compiler-modifier.js';
import { compilerOption } from './rules/compiler-option.js';
import { compilerOptionShape } from './rules/compiler-option-shape.js';
import { componentExtension } from './rules/component-extension.js';
import { componentImports } from './rules/component-imports.js';
import { contentEntry } from './rules/content-entry.js';
import { contextProvider } from './rules/context-provider.js';
import { dataReference } from './rules/data-reference.js';
import { deadLink } from './rules/dead-link.js';
import { defaultExport } from './rules/default-export.js';
import { defaultOrNamedImport } from './rules/default-or-named-import.js';
import { directiveSpelling } from './rules/directive-spelling.js';
import { displayName } from './rules/display-name.js';
import { documentImage } from './rules/document-image.js';
import { duplicateBlock } from './rules/duplicate-block.js';
import { duplicateDeclaration } from './rules/duplicate-declaration.js';
import { duplicateEntry } from './rules/duplicate-entry.js';
import { eachBinding } from './rules/each-binding.js';
import { earlyReturn } from './rules/early-return.js';
import { enginesRange } from './rules/engines-range.js';
import { entryKeySpelling } from './rules/entry-key-spelling.js';
import { entrySpelling } from './rules/entry-spelling.js';
import { erasableEnum } from './rules/erasable-enum.js';
import { eventAttribute } from './rules/event-attribute.js';
import { exportFieldSpelling } from './rules/export-field-spelling.js';
import { exportHome } from './rules/export-home.js';
import { exportSpelling } from './rules/export-spelling.js';
import { exportedAsType } from './rules/exported-as-type.js';
import { fontScope } from './rules/font-scope.js';
import { fontWeight } from './rules/font-weight.js';
import { functionPattern } from './rules/function-pattern.js';
import { generatedCode } from './rules/generated-code.js';
import { givenProp } from './rules/given-prop.js';
import { globalStyle } from './rules/global-style.js';
import { goneReference } from './rules/gone-reference.js';
import { hookDependency } from './rules/hook-dependency.js';
import { htmlAttribute } from './rules/html-attribute.js';
import { importAttribute } from './rules/import-attribute.js';
import { importExtension } from './rules/import-extension.js';
import { intrinsicElement } from './rules/intrinsic-element.js';
import { jsonSyntax } from './rules/json-syntax.js';
import { jsxAnswer } from './rules/jsx-answer.js';
import { jsxNamespace } from './rules/jsx-namespace.js';
import { jsxOption } from './rules/jsx-option.js';
import { keywordAsName } from './rules/keyword-as-name.js';
import { keywordSpelling } from './rules/keyword-spelling.js';
import { lateUse } from './rules/late-use.js';
import { leadingSlash } from './rules/leading-slash.js';
import { legacyComponent } from './rules/legacy-component.js';
import { legacyProps } from './rules/legacy-props.js';
import { legacyReactType } from './rules/legacy-react-type.js';
import { legacyReactive } from './rules/legacy-reactive.js';
import { legacySlot } from './rules/legacy-slot.js';
import { lineComment } from './rules/line-comment.js';
import { lintAnswer } from './rules/lint-answer.js';
import { listKey } from './rules/list-key.js';
import { loaderJson } from './rules/loader-json.js';
import { lockedVersion } from './rules/locked-version.js';
import { lostReference } from './rules/lost-reference.js';
import { markupComment } from './rules/markup-comment.js';
import { memberSpelling } from './rules/member-spelling.js';
import { mergeMarkers } from './rules/merge-markers.js';
import { mismatchedQuote } from './rules/mismatched-quote.js';
import { misnamedModule } from './rules/misnamed-module.js';
import { missingAwait } from './rules/missing-await.js';
import { missingBracket } from './rules/missing-bracket.js';
import { missingDependency } from './rules/missing-dependency.js';
import { missingExport } from './rules/missing-export.js';
import { missingImport } from './rules/missing-import.js';
import { missingReturn } from './rules/missing-return.js';
import { missingToken } from './rules/missing-token.js';
import { moduleScope } from './rules/module-scope.js';
import { movedAlias } from './rules/moved-alias.js';
import { movedAsset } from './rules/moved-asset.js';
import { movedEntry } from './rules/moved-entry.js';
import { movedExport } from './rules/moved-export.js';
import { movedFile } from './rules/moved-file.js';
import { movedImporter } from './rules/moved-importer.js';
import { movedKey } from './rules/moved-key.js';
import { movedPartial } from './rules/moved-partial.js';
import { movedProject } from './rules/moved-project.js';
import { movedSetting } from './rules/moved-setting.js';
import { nameSpelling } from './rules/name-spelling.js';
import { namedCorrection } from './rules/named-correction.js';
import { needlessConversion } from './rules/needless-conversion.js';
import { nextLint } from './rules/next-lint.js';
import { numericParameter } from './rules/numeric-parameter.js';
import { optionalChain } from './rules/optional-chain.js';
import { outputDirectory } from './rules/output-directory.js';
import { packageImport } from './rules/package-import.js';
import { packageRename } from './rules/package-rename.js';
import { packageSpelling } from './rules/package-spelling.js';
import { pageLink } from './rules/page-link.js';
import { pageStore } from './rules/page-store.js';
import { pairedVersion } from './rules/paired-version.js';
import { parameterProperty } from './rules/parameter-property.js';
import { passedOnDefault } from './rules/passed-on-default.js';
import { pathAlias } from './rules/path-alias.js';
import { postcssPlugin } from './rules/postcss-plugin.js';
import { preferConst } from './rules/prefer-const.js';
import { primitiveType } from './rules/primitive-type.js';
import { printedFix } from './rules/printed-fix.js';
import { prismaSpelling } from './rules/prisma-spelling.js';
import { propSpelling } from './rules/prop-spelling.js';
import { prunedTool } from './rules/pruned-tool.js';
import { quotedDate } from './rules/quoted-date.js';
import { quotedEntry } from './rules/quoted-entry.js';
import { quotedValue } from './rules/quoted-value.js';
import { reactAnnotation } from './rules/react-annotation.js';
import { reactAnswer } from './rules/react-answer.js';
import { reassignedConst } from './rules/reassigned-const.js';
import { recordKey } from './rules/record-key.js';
import { refValue } from './rules/ref-value.js';
import { referencePath } from './rules/reference-path.js';
import { removedProp } from './rules/removed-prop.js';
import { removedSetting } from './rules/removed-setting.js';
import { renamedAlias } from './rules/renamed-alias.js';
import { renamedDocument } from './rules/renamed-document.js';
import { renamedExport } from './rules/renamed-export.js';
import { renamedField } from './rules/renamed-field.js';
import { renamedFolder } from './rules/renamed-folder.js';
import { renamedKey } from './rules/renamed-key.js';
import { renamedLocal } from './rules/renamed-local.js';
import { renamedMatcher } from './rules/renamed-matcher.js';
import { renamedMember } from './rules/renamed-member.js';
import { renamedMixin } from './rules/renamed-mixin.js';
import { renamedPath } from './rules/renamed-path.js';
import { renamedProp } from './rules/renamed-prop.js';
import { renamedRecord } from './rules/renamed-record.js';
import { renamedReturn } from './rules/renamed-return.js';
import { renamedSubpath } from './rules/renamed-subpath.js';
import { renamedUtility } from './rules/renamed-utility.js';
import { renamedValue } from './rules/renamed-value.js';
import { renamedVariable } from './rules/renamed-variable.js';
import { renamedWord } from './rules/renamed-word.js';
import { replacedValue } from './rules/replaced-value.js';
import { requiredExport } from './rules/required-export.js';
import { restProps } from './rules/rest-props.js';
import { restrictedImport } from './rules/restricted-import.js';
import { routeFileName } from './rules/route-file-name.js';
import { routeHandler } from './rules/route-handler.js';
import { routeParameter } from './rules/route-parameter.js';
import { routeSegment } from './rules/route-segment.js';
import { runeName } from './rules/rune-name.js';
import { sassNamespace } from './rules/sass-namespace.js';
import { sassPlaceholder } from './rules/sass-placeholder.js';
import { sassSpelling } from './rules/sass-spelling.js';
import { scriptCommand } from './rules/script-command.js';
import { scriptLanguage } from './rules/script-language.js';
import { scriptName } from './rules/script-name.js';
import { segmentConfig } from './rules/segment-config.js';
import { serverAction } from './rules/server-action.js';
import { serverMetadata } from './rules/server-metadata.js';
import { settingShape } from './rules/setting-shape.js';
import { settingSpelling } from './rules/setting-spelling.js';
import { setupExport } from './rules/setup-export.js';
import { sheetTypes } from './rules/sheet-types.js';
import { snippetCall } from './rules/snippet-call.js';
import { splitComponent } from './rules/split-component.js';
import { staleOverride } from './rules/stale-override.js';
import { statedVersion } from './rules/stated-version.js';
import { staticAttribute } from './rules/static-attribute.js';
import { staticExport } from './rules/static-export.js';
import { staticSetting } from './rules/static-setting.js';
import { styleAnswer } from './rules/style-answer.js';
import { styleModuleImport } from './rules/style-module-import.js';
import { styleReference } from './rules/style-reference.js';
import { styleToken } from './rules/style-token.js';
import { suspenseBoundary } from './rules/suspense-boundary.js';
import { svgComponent } from './rules/svg-component.js';
import { tableBody } from './rules/table-body.js';
import { tailwindImport } from './rules/tailwind-import.js';
import { templateInclude } from './rules/template-include.js';
import { templateKey } from './rules/template-key.js';
import { themeVariable } from './rules/theme-variable.js';
import { typeAssertion } from './rules/type-assertion.js';
import { typeOnlyImport } from './rules/type-only-import.js';
import { uncalledCondition } from './rules/uncalled-condition.js';
import { unclosedBlock } from './rules/unclosed-block.js';
import { unclosedExpression } from './rules/unclosed-expression.js';
import { unclosedFence } from './rules/unclosed-fence.js';
import { unclosedInline } from './rules/unclosed-inline.js';
import { unclosedRoot } from './rules/unclosed-root.js';
import { unclosedString } from './rules/unclosed-string.js';
import { unescapedEntity } from './rules/unescaped-entity.js';
import { unlistedModule } from './rules/unlisted-module.js';
import { unmatchedAlias } from './rules/unmatched-alias.js';
import { unresolvedPath } from './rules/unresolved-path.js';
import { unusedName } from './rules/unused-name.js';
import { unwantedExport } from './rules/unwanted-export.js';
import { useClient } from './rules/use-client.js';
import { utilitySpelling } from './rules/utility-spelling.js';
import { valueSpelling } from './rules/value-spelling.js';
import { viteTypes } from './rules/vite-types.js';
import { vitestConfig } from './rules/vitest-config.js';
import { workspaceListing } from './rules/workspace-listing.js';
import { workspaceProtocol } from './rules/workspace-protocol.js';
import { wrongToken } from './rules/wrong-token.js';
import { yamlLine } from './rules/yaml-line.js';
import { yamlQuotes } from './rules/yaml-quotes.js';

/** All rules; the first that answers wins, so what is known beyond doubt stands before what is the only likeness. */
export const RULES: readonly Rule[] = [
  mergeMarkers,
  jsonSyntax,
  yamlQuotes,
  yamlLine,
  unclosedFence,
  mismatchedQuote,
  duplicateDeclaration,
  duplicateEntry,
  duplicateBlock,
  markupComment,
  blockKeyword,
  keywordSpelling,
  bareLessThan,
  brokenTag,
  closingTag,
  unclosedRoot,
  misnamedModule,
  scriptLanguage,
  moduleScope,
  importAttribute,
  commonjsImport,
  missingBracket,
  missingToken,
  unclosedBlock,
  unclosedExpression,
  unclosedInline,
  unclosedString,
  adjacentElements,
  wrongToken,
  styleToken,
  lineComment,
  intrinsicElement,
  angularElement,
  angularPipe,
  renamedExport,
  movedExport,
  defaultOrNamedImport,
  passedOnDefault,
  defaultExport,
  missingExport,
  unlistedModule,
  packageRename,
  legacyReactType,
  contextProvider,
  packageImport,
  svgComponent,
  exportHome,
  loaderJson,
  astroGlob,
  contentEntry,
  exportSpelling,
  typeOnlyImport,
  compilerModifier,
  parameterProperty,
  erasableEnum,
  typeAssertion,
  exportedAsType,
  renamedProp,
  removedProp,
  givenProp,
  jsxNamespace,
  browserVariable,
  styleModuleImport,
  renamedLocal,
  missingImport,
  componentImports,
  angularBinding,
  nameSpelling,
  runeName,
  refValue,
  keywordAsName,
  htmlAttribute,
  memberSpelling,
  propSpelling,
  splitComponent,
  renamedMember,
  renamedReturn,
  changedParameters,
  cacheProfile,
  renamedVariable,
  renamedWord,
  renamedField,
  renamedMixin,
  sassSpelling,
  sassNamespace,
  lateUse,
  sassPlaceholder,
  renamedValue,
  renamedUtility,
  themeVariable,
  styleReference,
  utilitySpelling,
  tailwindImport,
  valueSpelling,
  entryKeySpelling,
  entrySpelling,
  recordKey,
  renamedRecord,
  quotedValue,
  staticAttribute,
  quotedDate,
  quotedEntry,
  needlessConversion,
  optionalChain,
  prismaSpelling,
  renamedSubpath,
  movedAlias,
  renamedAlias,
  unmatchedAlias,
  bundlerAlias,
  movedImporter,
  movedFile,
  movedEntry,
  movedAsset,
  movedProject,
  movedPartial,
  templateInclude,
  renamedMatcher,
  renamedPath,
  renamedFolder,
  renamedDocument,
  dataReference,
  renamedKey,
  movedSetting,
  removedSetting,
  replacedValue,
  postcssPlugin,
  settingSpelling,
  routeSegment,
  astroRenderer,
  settingShape,
  functionPattern,
  adapterRuntime,
  pathAlias,
  aliasFolder,
  baseUrl,
  buildOrder,
  lostReference,
  generatedCode,
  vitestConfig,
  viteTypes,
  sheetTypes,
  leadingSlash,
  basePath,
  goneReference,
  jsxOption,
  compilerOption,
  compilerOptionShape,
  unresolvedPath,
  climbingPath,
  documentImage,
  referencePath,
  deadLink,
  outputDirectory,
  importExtension,
  componentExtension,
  workspaceListing,
  packageSpelling,
  missingDependency,
  lockedVersion,
  workspaceProtocol,
  staleOverride,
  pairedVersion,
  statedVersion,
  directiveSpelling,
  useClient,
  clientHandler,
  appRouter,
  serverMetadata,
  requiredExport,
  routeHandler,
  exportFieldSpelling,
  unwantedExport,
  setupExport,
  segmentConfig,
  staticSetting,
  staticExport,
  routeParameter,
  numericParameter,
  globalStyle,
  fontWeight,
  fontScope,
  suspenseBoundary,
  asyncRequest,
  missingAwait,
  asyncFunction,
  serverAction,
  unusedName,
  preferConst,
  printedFix,
  restrictedImport,
  earlyReturn,
  movedKey,
  listKey,
  displayName,
  lintAnswer,
  styleAnswer,
  jsxAnswer,
  compilerAnswer,
  reactAnswer,
  reactAnnotation,
  missingReturn,
  uncalledCondition,
  hookDependency,
  reassignedConst,
  unescapedEntity,
  eventAttribute,
  legacyProps,
  legacyReactive,
  tableBody,
  templateKey,
  eachBinding,
  snippetCall,
  restProps,
  legacySlot,
  legacyComponent,
  pageStore,
  routeFileName,
  pageLink,
  primitiveType,
  enginesRange,
  scriptName,
  scriptCommand,
  prunedTool,
  nextLint,
  namedCorrection,
];
