/** Position and message of an error of the YAML parser. */
export interface SyntaxFault {
  /** Code of the parser, such as `MISSING_CHAR`. */
  code: string;
  message: string;
  offset: number;
}

/** Describes a syntax error for the author of the file, and what to do. Repeats no values: one may be a secret. */
export function describeSyntax(
  { code, message, offset }: SyntaxFault,
  text: string,
): { why: string; next: string } {
  const line = lineAt(text, offset);
  const word = /^\s*(?:- )?([\w./-]{1,60})\s*$/.exec(line)?.[1];
  const glued = /^\s*(?:- )?([A-Za-z_][\w./-]{0,60}):\S/.exec(line)?.[1];
  const [first] =
    /^\s*(?:- )?([A-Za-z_][\w./-]{0,60})(?=\s)/.exec(line)?.slice(1) ?? [];
  switch (code) {
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
      if (message.startsWith('Missing closing'))
        return {
          why: 'a quoted text has no closing quote',
          next: 'Add the quote at its end',
        };
      if (word)
        return { why: `\`${word}\` needs a colon`, next: `Write \`${word}:\`` };
      if (glued)
        return {
          why: `\`${glued}:\` needs a space after its colon`,
          next: `Write \`${glued}: \` and then the value`,
        };
      if (first)
        return {
          why: `\`${first}\` needs a colon`,
          next: `Write \`${first}:\``,
        };
      break;
    case 'TAB_AS_INDENT':
      return {
        why: 'it is indented with a tab',
        next: 'Indent with spaces: YAML takes no tabs there',
      };
    case 'BAD_INDENT':
      return {
        why: /\[|sequence/.test(message)
          ? 'a list in brackets is not closed'
          : 'a map in braces is not closed, or a line is indented otherwise than its neighbours',
        next: 'Close the bracket, or give all entries of one level the same spaces in front',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        why: 'a field stands where a value was begun',
        next: 'Put fields of one level below each other with the same spaces in front, or the value in quotes',
      };
    case 'FOREIGN_ESCAPE':
      return {
        why: 'a quoted text has an escape that readers of YAML 1.1 do not know, "\\/" or half a character',
        next: 'Write the character itself',
      };
    case 'FOREIGN_TAG':
      return {
        why: 'a tag has no value',
        next: 'Write the value behind it, or remove the tag',
      };
    case 'FOREIGN_COLON':
      return {
        why: 'a colon or question mark in brackets has no space behind it',
        next: 'Write the space, or put the value in quotes',
      };
    case 'BAD_DIRECTIVE':
      return {
        why: 'it has a directive that is not known',
        next: 'Remove the line that begins with "%"',
      };
    case 'BAD_SCALAR_START':
      return {
        why: 'a value begins with a character that YAML keeps for itself',
        next: 'Put the value in quotes',
      };
    default:
  }
  // The text after a colon quotes the file.
  const [said] = message.split(':', 1);
  return {
    why: `it is not valid YAML: ${said.charAt(0).toLowerCase()}${said.slice(
      1,
    )}`,
    next: 'Correct the line and try again',
  };
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? undefined : end).slice(0, 200);
}
