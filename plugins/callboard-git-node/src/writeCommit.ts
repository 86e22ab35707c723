/** Committer of commits that stand for a commit elsewhere. */
export const CALLBOARD = { name: 'Callboard', email: 'callboard@localhost' };

/** A commit that Callboard creates itself, for templates and seeds. */
export interface CommitInput {
  /** Text of every file of the new revision, by path; the commit holds these and no others. */
  files: Record<string, string>;
  message: string;
  author: { name: string; email: string };
  /** Same as the author when omitted. */
  committer?: { name: string; email: string };
  /** The parent commit; undefined for the first one. */
  parent?: string;
  at: Date;
}

/**
 * Formats the commit for `git fast-import`, on a hidden branch of its own.
 * Lengths are written before contents, so no text can be read as a command.
 */
export function writeCommit(ref: string, commit: CommitInput): Buffer {
  const seconds = Math.floor(commit.at.getTime() / 1000);
  const author = whoOf(commit.author, seconds);
  const committer = whoOf(commit.committer ?? commit.author, seconds);
  const parts: Array<string | Buffer> = [
    `commit ${ref}\n`,
    'mark :1\n',
    `author ${author}\n`,
    `committer ${committer}\n`,
    ...data(commit.message),
    ...(commit.parent ? [`from ${commit.parent}\n`] : []),
    'deleteall\n',
    ...Object.keys(commit.files)
      .sort()
      .flatMap(path => [
        `M 100644 inline "${path.replaceAll('"', '\\"')}"\n`,
        ...data(commit.files[path]),
      ]),
    'get-mark :1\n',
    'done\n',
  ];
  return Buffer.concat(
    parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)),
  );
}

function data(text: string): Array<string | Buffer> {
  const bytes = Buffer.from(text);
  return [`data ${bytes.length}\n`, bytes, '\n'];
}

function whoOf(
  { name, email }: CommitInput['author'],
  seconds: number,
): string {
  return `${plain(name)} <${plain(email)}> ${seconds} +0000`;
}

function plain(text: string): string {
  return text.replace(/[<>\p{Cc}]/gu, '').trim() || 'unknown';
}
