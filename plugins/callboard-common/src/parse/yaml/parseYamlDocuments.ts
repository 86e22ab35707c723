import {
  type CST,
  Composer,
  type Document,
  Lexer,
  Parser,
  type YAMLError,
} from 'yaml';
import { type Result, failed, ok } from '../../problem';
import { TextLines, type YamlDocument, locatePath } from './YamlDocument';
import { DEFAULT_YAML_LIMITS, type YamlLimits } from './YamlLimits';
import { type ForeignToken, ForeignTokens } from './ForeignTokens';
import { indentQuotedText } from './indentQuotedText';
import {
  type YamlBudget,
  type YamlFault,
  readYamlValue,
} from './readYamlValue';
import { yamlProblem } from './yamlProblem';

export interface ParseYamlOptions {
  /** Name of the file, for problems. */
  file: string;
  limits?: Partial<YamlLimits>;
  /** Reads up to the end of the first document and ignores the rest. */
  firstDocumentOnly?: boolean;
  /** Conversion of an unquoted date; `text` when omitted. */
  dates?: 'text' | 'date';
  /**
   * Reads output of a cluster or its tools as those do: the last of duplicate
   * keys counts, a number too large is rounded, a quoted text may continue at
   * the indent of its key. Files that people maintain are read strictly.
   */
  tolerant?: boolean;
  /**
   * Also refuses text that Go's parser refuses or reads differently:
   * characters, tabs, directives. For files that other tools read too.
   */
  portable?: boolean;
}

// Each repair parses the text again.
const MAX_REPAIRS = 20;
const MAX_REPAIRED_CHARACTERS = 2_000_000;

// A value takes about four tokens (indent, key, colon, newline); the rest is for comments.
const TOKENS_PER_NODE = 5;

/**
 * Parses an untrusted YAML text into plain values, within limits. It stops at
 * the first fault: a hostile text of 1 MB costs well under 200 ms.
 *
 * Empty documents are left out. Keys must be text and unique; only the standard
 * tags of plain values are supported. Scalars have the meaning they have to Go
 * tools.
 */
export function parseYamlDocuments(
  text: string,
  options: ParseYamlOptions,
): Result<YamlDocument[]> {
  const { file, dates = 'text', firstDocumentOnly = false } = options;
  const limits = { ...DEFAULT_YAML_LIMITS, ...options.limits };
  const refuse = (fault: YamlFault) =>
    failed(yamlProblem(fault, { file, text }));

  const unreadable =
    checkSize(text, limits) ??
    checkCharacters(text) ??
    (options.portable ? findForeignCharacter(text) : undefined);
  if (unreadable) return refuse(unreadable);

  const composed = withoutStacks(() =>
    options.tolerant
      ? composeRepaired(text, limits, firstDocumentOnly)
      : composeDocuments(text, limits, options),
  );
  if (!composed.ok) return refuse(composed.fault);

  const budget: YamlBudget = { nodes: 0, aliases: 0, characters: 0 };
  const lines = new TextLines(composed.text ?? text);
  const documents: YamlDocument[] = [];
  for (const document of composed.documents) {
    const read = readYamlValue(document, budget, {
      limits,
      dates,
      tolerant: options.tolerant ?? false,
    });
    if (!read.ok) return refuse(read.fault);
    if (read.value === null) continue;
    documents.push({
      value: read.value,
      locate: path => locatePath({ file, lines, document }, path),
    });
  }
  return ok(documents);
}

type Composed =
  | { ok: true; documents: Document[]; text?: string }
  | { ok: false; fault: YamlFault };

/** The parser makes an error for each of thousands of faults, and the stack of an error takes most of its time. */
function withoutStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Like {@link composeDocuments}; quoted texts that continue at the indent of their key are indented below it. */
function composeRepaired(
  text: string,
  limits: YamlLimits,
  firstDocumentOnly: boolean,
): Composed {
  const first = composeDocuments(text, limits, { firstDocumentOnly });
  if (text.length > MAX_REPAIRED_CHARACTERS) return first;
  let composed = first;
  let repaired = text;
  for (let repairs = 0; repairs < MAX_REPAIRS; repairs += 1) {
    if (composed.ok) return { ...composed, text: repaired };
    if (composed.fault.kind !== 'syntax') return composed;
    if (!composed.fault.message.startsWith('Missing closing')) return first;
    const next = indentQuotedText(repaired, composed.fault.offset);
    if (next === undefined) return first;
    repaired = next;
    composed = composeDocuments(repaired, limits, { firstDocumentOnly });
  }
  return composed.ok ? { ...composed, text: repaired } : first;
}

/**
 * Passes the tokens to the parser one by one, so that depth and count are
 * checked before anything is built from them.
 */
function composeDocuments(
  text: string,
  limits: YamlLimits,
  {
    firstDocumentOnly,
    portable,
  }: Pick<ParseYamlOptions, 'firstDocumentOnly' | 'portable'>,
): Composed {
  const parser = new Parser();
  // `readYamlValue` checks for duplicate keys: the composer compares every key with every
  // other.
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents: Document[] = [];
  const maxTokens = limits.maxNodes * TOKENS_PER_NODE;
  let tokens = 0;
  let documentsBegun = 0;
  let isInDirectives = false;
  const foreign = portable ? new ForeignTokens() : undefined;

  for (const lexeme of new Lexer().lex(text)) {
    tokens += 1;
    const found = foreign?.find(lexeme);
    if (found) return foreignFault(found, parser.offset);
    if (tokens > maxTokens) return tooMany(limits, parser.offset);
    for (const token of parser.next(lexeme)) {
      const ended = take(token);
      if (ended) return ended;
    }
    if (parser.stack.length > limits.maxDepth + 2) {
      return {
        ok: false,
        fault: {
          kind: 'too-deep',
          limit: limits.maxDepth,
          offset: parser.offset,
        },
      };
    }
  }
  for (const token of parser.end()) {
    const ended = take(token);
    if (ended) return ended;
  }
  return finish();

  /** Returns the result after a token; undefined where more tokens are needed. */
  function take(token: CST.Token): Composed | undefined {
    for (const document of composer.next(token)) {
      const fault = accept(document);
      if (fault) return { ok: false, fault };
      if (firstDocumentOnly) return { ok: true, documents };
    }
    const isOfNext = isInDirectives && documentsBegun > 0;
    // Reading stops at an error: a hostile text has thousands of them.
    if (token.type === 'error' && !(firstDocumentOnly && isOfNext))
      return finish();
    if (token.type === 'directive') isInDirectives = true;
    if (token.type === 'document') {
      isInDirectives = false;
      documentsBegun += 1;
    }
    return undefined;
  }

  function finish(): Composed {
    for (const document of composer.end(documents.length === 0, text.length)) {
      const fault = accept(document);
      if (fault) return { ok: false, fault };
      if (firstDocumentOnly) break;
    }
    return { ok: true, documents };
  }

  function accept(document: Document.Parsed): YamlFault | undefined {
    const error =
      document.errors.find(each => !isHarmless(each)) ??
      (portable ? document.warnings.find(isDirective) : undefined);
    if (error)
      return {
        kind: 'syntax',
        code: error.code,
        message: error.message,
        offset: error.pos[0],
      };
    documents.push(document);
    return documents.length > limits.maxDocuments
      ? {
          kind: 'too-many-documents',
          limit: limits.maxDocuments,
          offset: document.range[0],
        }
      : undefined;
  }
}

/** Go's parser accepts a comment directly after a quoted text or a bracket. */
function isHarmless({ message }: YAMLError): boolean {
  return message.startsWith('Comments must be separated from other tokens');
}

function isDirective({ code }: YAMLError): boolean {
  return code === 'BAD_DIRECTIVE';
}

const FOREIGN: Record<ForeignToken, { code: string; message: string }> = {
  tab: {
    code: 'TAB_AS_INDENT',
    message: 'A tab stands where only spaces may',
  },
  escape: {
    code: 'FOREIGN_ESCAPE',
    message: 'A quoted text has an escape that is not known',
  },
  tag: { code: 'FOREIGN_TAG', message: 'A tag needs a value behind it' },
  colon: { code: 'FOREIGN_COLON', message: 'A colon needs a space behind it' },
  directive: {
    code: 'BAD_DIRECTIVE',
    message: 'Directives other than "%YAML 1.1" are not known',
  },
};

function foreignFault(found: ForeignToken, offset: number): Composed {
  return { ok: false, fault: { kind: 'syntax', offset, ...FOREIGN[found] } };
}

function tooMany(limits: YamlLimits, offset: number): Composed {
  return {
    ok: false,
    fault: { kind: 'too-many-nodes', limit: limits.maxNodes, offset },
  };
}

function checkSize(
  text: string,
  { maxBytes, maxLines }: YamlLimits,
): YamlFault | undefined {
  // A text has at least as many bytes as characters, so one far too long is not counted.
  const bytes = text.length > maxBytes ? text.length : utf8Length(text);
  if (bytes > maxBytes) return { kind: 'too-large', bytes, limit: maxBytes };
  let lines = 0;
  for (
    let next = text.indexOf('\n');
    next !== -1;
    next = text.indexOf('\n', next + 1)
  )
    lines += 1;
  return lines > maxLines
    ? { kind: 'too-many-lines', limit: maxLines }
    : undefined;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00) {
      bytes += 4;
      i += 1;
    } else bytes += 3;
  }
  return bytes;
}

// What YAML calls printable, the other way round. Tokens of the lexer (U+0002, U+0018, U+001F) are among them.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/;

function checkCharacters(text: string): YamlFault | undefined {
  return findCharacter(UNPRINTABLE, text, 'control-character');
}

// Half characters, and control characters that only YAML 1.2 takes.
const UNREADABLE = /[\x80-\x84\x86-\x9f]|\p{Surrogate}/u;
// Line breaks in YAML 1.1 that YAML 1.2 does not have, or the other way round.
const AMBIGUOUS = /[\x85\u2028\u2029]|\r(?!\n)/;

function findForeignCharacter(text: string): YamlFault | undefined {
  return (
    findCharacter(UNREADABLE, text, 'control-character') ??
    findCharacter(AMBIGUOUS, text, 'ambiguous-character')
  );
}

function findCharacter(
  pattern: RegExp,
  text: string,
  kind: 'control-character' | 'ambiguous-character',
): YamlFault | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const code = found[0]
    .charCodeAt(0)
    .toString(16)
    .toUpperCase()
    .padStart(4, '0');
  return { kind, character: `U+${code}`, offset: found.index };
}
