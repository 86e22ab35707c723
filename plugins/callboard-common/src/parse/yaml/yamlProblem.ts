import type { Problem } from '../../problem';
import { describeTwoAmounts } from '../../words';
import { assertNever } from '../assertNever';
import { describeSyntax } from './describeSyntax';
import { TextLines } from './YamlDocument';
import type { YamlFault } from './readYamlValue';
import { shorten } from '../../words/shorten';

/** Returns the problem for each reason to refuse a YAML text. It quotes nothing of the file but the faulty word. */
export function yamlProblem(
  fault: YamlFault,
  source: { file: string; text: string },
): Problem {
  const { file, text } = source;
  const at =
    'offset' in fault
      ? { file, ...new TextLines(text).locate(fault.offset) }
      : { file };
  const where = 'line' in at ? `${file}, line ${at.line}` : file;
  return {
    code: `yaml-${fault.kind}`,
    what: `Cannot read ${where}`,
    ...explain(fault, text),
    transient: false,
    at,
  };
}

function explain(
  fault: YamlFault,
  text: string,
): { why: string; next: string } {
  switch (fault.kind) {
    case 'too-large':
      return {
        why: `the file has at least ${describeTwoAmounts('memoryBytes', [
          fault.bytes,
          fault.limit,
        ]).join(', at most ')} are read`,
        next: 'Make the file smaller; large content belongs into files of its own, named by "source"',
      };
    case 'too-many-lines':
      return {
        why: `the file has more than ${fault.limit} lines`,
        next: 'Split the file; large content belongs into files of its own, named by "source"',
      };
    case 'too-deep':
      return {
        why: `maps and lists are nested more than ${fault.limit} levels deep`,
        next: 'Flatten the structure',
      };
    case 'too-many-nodes':
      return {
        why: `the file has more than ${fault.limit} values`,
        next: 'Split the file, or remove what is not needed',
      };
    case 'too-many-aliases':
      return {
        why: `anchors are used more than ${fault.limit} times`,
        next: 'Write the repeated parts out, or use fewer of them',
      };
    case 'too-many-documents':
      return {
        why: `the file has more than ${fault.limit} documents`,
        next: 'Split the file',
      };
    case 'alias-bomb':
      return {
        why: `written out, its anchors and aliases are larger than the limit of ${fault.limit}`,
        next: 'Do not nest aliases inside anchors',
      };
    case 'control-character':
      return {
        why: `it contains the control character ${fault.character}, which YAML does not allow`,
        next: 'Remove the character, or write it as an escape in double quotes',
      };
    case 'ambiguous-character':
      return {
        why: `it contains the character ${fault.character}, which some readers of YAML take for the end of a line and others do not`,
        next: 'Remove the character, or write it as an escape in double quotes',
      };
    case 'syntax':
      return describeSyntax(fault, text);
    case 'duplicate-key':
      return {
        why: `the key "${shorten(fault.key)}" is given twice`,
        next: 'Keep one of the two',
      };
    case 'key-not-text':
      return {
        why: `the key ${shorten(fault.key)} is not text`,
        next: 'Put the key in quotes',
      };
    case 'forbidden-key':
      return {
        why: `the key "${fault.key}" is not allowed`,
        next: 'Use another name',
      };
    case 'custom-tag':
      return {
        why: `the tag "${shorten(fault.tag)}" is not known here`,
        next: 'Remove the tag; only plain values are read',
      };
    case 'unknown-anchor':
      return {
        why: `"*${shorten(
          fault.anchor,
        )}" refers to an anchor that does not stand before it`,
        next: `Define it with "&${shorten(fault.anchor)}" above this line`,
      };
    case 'recursive-anchor':
      return {
        why: `"*${shorten(fault.anchor)}" contains itself`,
        next: 'Remove the alias from inside its own anchor',
      };
    case 'merge-not-map':
      return {
        why: '"<<" can merge maps only',
        next: 'Point "<<" to a map, or to a list of maps',
      };
    case 'unrepresentable':
      return {
        why: `${shorten(fault.text)} cannot be read: ${fault.because}`,
        next: 'Put the value in quotes',
      };
    default:
      return assertNever(fault);
  }
}
