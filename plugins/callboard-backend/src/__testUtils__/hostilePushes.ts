import { FLUSH, packet } from '../git/packets';
import { GitPack, type TreeLine } from './GitPack';
import { SCORE } from './TestPortal';

const NONE = '0'.repeat(40);
const MAIN = 'refs/heads/main';
const CAPABILITIES = 'report-status side-band-64k atomic delete-refs';
/** Git says nothing to what is no request of a git client. */
const NOTHING = /^$/;
const ELSEWHERE = 'a'.repeat(40);

/** `taken` where the revision may be stored, else a word of the refusal. */
export type Expected = 'taken' | RegExp;

export interface HostilePush {
  name: string;
  body: Uint8Array;
  expected: Expected;
}

/** A whole request: commands, and the pack behind them. */
function request(
  updates: ReadonlyArray<
    readonly [after: string, ref: string, before?: string]
  >,
  pack: Uint8Array = Buffer.alloc(0),
): Buffer {
  return Buffer.concat([
    ...updates.map(([after, ref, before = NONE], index) =>
      packet(
        `${before} ${after} ${ref}${index === 0 ? `\0 ${CAPABILITIES}` : ''}`,
      ),
    ),
    FLUSH,
    pack,
  ]);
}

/** A push of main with a score.yaml that is fine, and whatever lies beside it. */
function pushOf(
  beside: (pack: GitPack) => readonly TreeLine[],
  commit: Parameters<GitPack['commit']>[1] = {},
): Buffer {
  const pack = new GitPack();
  const score: TreeLine = ['100644', 'score.yaml', pack.blob(SCORE)];
  const tree = pack.tree(inGitsOrder([score, ...beside(pack)]));
  return request([[pack.commit(tree, commit), MAIN]], pack.bytes());
}

const fileNamed = (name: string | Uint8Array) =>
  pushOf(pack => [['100644', name, pack.blob('x')]]);
const entryOf = (mode: string) =>
  pushOf(pack => [[mode, 'odd', pack.blob('target')]]);
const linkTo = (target: string) =>
  pushOf(pack => [['120000', 'link', pack.blob(target)]]);
/** A revision that is fine, at a ref that is not. */
const atRef = (...refs: string[]) => {
  const pack = new GitPack();
  const tree = pack.tree([['100644', 'score.yaml', pack.blob(SCORE)]]);
  const commit = pack.commit(tree);
  return request(
    refs.map(ref => [commit, ref]),
    pack.bytes(),
  );
};

const NAMES: Array<[string | Uint8Array, Expected]> = [
  ['..', /fsck|unpack/],
  ['.', /fsck|unpack/],
  ['', /fsck|unpack/],
  ['.git', /fsck|unpack/],
  ['.GIT', /fsck|unpack/],
  ['.Git', /fsck|unpack/],
  ['git~1', /fsck|unpack/],
  ['.git ', /fsck|unpack/],
  ['.git.', /fsck|unpack/],
  ['.g\u200cit', /fsck|unpack/],
  ['.git::$INDEX_ALLOCATION', /fsck|unpack/],
  ['../x', /fsck|unpack/],
  ['a/b', /fsck|unpack/],
  ['/etc/passwd', /fsck|unpack/],
  ['a\\..\\..\\b', /not a plain file name/],
  ['C:\\Windows', /not a plain file name/],
  ['line\nbreak', /not a plain file name/],
  ['\u001b]0;owned\u0007', /not a plain file name/],
  [Buffer.from([0x66, 0xff, 0xfe]), /not a plain file name/],
  ['x'.repeat(256), /not a plain file name/],
  ['x'.repeat(5_000), /not a plain file name|fsck|unpack/],
  ['-rf', 'taken'],
  ['--upload-pack=touch x', 'taken'],
  ['$(touch x)`id`', 'taken'],
  [':(top,glob)*', 'taken'],
  ['shop\u202Elmth.exe', 'taken'],
  ['.gitattributes', 'taken'],
  ['con', 'taken'],
];

const MODES: Array<[string, Expected]> = [
  ['0', /fsck|unpack/],
  ['100000', /fsck|unpack|taken/],
  ['100777', /fsck|unpack/],
  ['104755', /fsck|unpack/],
  ['020000', /fsck|unpack/],
  ['010000', /fsck|unpack/],
  ['140000', /fsck|unpack/],
  ['777777', /fsck|unpack/],
  ['40000', /fsck|unpack|tree/],
  ['160000', /submodule/],
  ['abc', /fsck|unpack/],
  ['0100644', 'taken'],
];

const LINKS: Array<[string, Expected]> = [
  ['/etc/passwd', 'taken'],
  ['../../../../etc/passwd', 'taken'],
  ['.git/config', 'taken'],
  ['link', 'taken'],
  ['', 'taken'],
  ['score.yaml\0/etc/passwd', 'taken'],
  ['x'.repeat(5_000), 'taken'],
];

const REFS: Array<[string, Expected]> = [
  ['refs/heads/../../config', /./],
  ['refs/heads/a..b', /./],
  ['refs/heads/x.lock', /./],
  ['refs/heads/.x', /./],
  ['refs/heads/@{-1}', /./],
  ['refs/heads/\u001b[2J', /./],
  ['refs/heads/', /./],
  [`refs/heads/${'x'.repeat(300)}`, /./],
  ['refs/heads/-rf', /./],
  ['refs/callboard/revisions/x', /./],
  [`refs/replace/${ELSEWHERE}`, /./],
  ['refs/notes/x', /only branches and tags/],
  ['HEAD', /./],
  ['config', /./],
  ['refs/heads/main/below', /./],
  ['refs/tags/v1', /only the branch "main" is released/],
];

/** Pushes that no honest client makes. */
export function hostilePushes(): HostilePush[] {
  const all: Array<[string, Uint8Array, Expected]> = [
    ...NAMES.map(([name, expected]): [string, Uint8Array, Expected] => [
      `a file named ${JSON.stringify(String(name).slice(0, 40))}${
        name.length > 40 ? ` and ${name.length - 40} more` : ''
      }`,
      fileNamed(name),
      expected,
    ]),
    ...MODES.map(([mode, expected]): [string, Uint8Array, Expected] => [
      `an entry of mode ${mode}`,
      entryOf(mode),
      expected,
    ]),
    ...LINKS.map(([target, expected]): [string, Uint8Array, Expected] => [
      `a link to ${JSON.stringify(target.slice(0, 40))}`,
      linkTo(target),
      expected,
    ]),
    ...REFS.map(([ref, expected]): [string, Uint8Array, Expected] => [
      `the ref ${JSON.stringify(ref.slice(0, 40))}`,
      atRef(ref),
      expected,
    ]),
    ...trees(),
    ...commits(),
    ...wire(),
  ];
  return all.map(([name, body, expected]) => ({ name, body, expected }));
}

function trees(): Array<[string, Uint8Array, Expected]> {
  return [
    [
      'names that differ by case alone',
      pushOf(pack => [
        ['100644', 'README', pack.blob('a')],
        ['100644', 'readme', pack.blob('b')],
        ['40000', 'Lib', pack.tree([['100644', 'x', pack.blob('c')]])],
        ['120000', 'lib', pack.blob('/etc')],
      ]),
      'taken',
    ],
    [
      'names that differ by their Unicode form alone',
      pushOf(pack => [
        ['100644', 'caf\u00e9', pack.blob('a')],
        ['100644', 'cafe\u0301', pack.blob('b')],
      ]),
      'taken',
    ],
    [
      'a name twice',
      pushOf(pack => [
        ['100644', 'a', pack.blob('1')],
        ['100644', 'a', pack.blob('2')],
      ]),
      /fsck|unpack/,
    ],
    [
      'a link and a folder of one name',
      pushOf(pack => [
        ['120000', 'a', pack.blob('/tmp')],
        ['40000', 'a', pack.tree([['100644', 'x', pack.blob('2')]])],
      ]),
      /fsck|unpack/,
    ],
    [
      'names out of order',
      (() => {
        const pack = new GitPack();
        const blob = pack.blob(SCORE);
        const tree = pack.tree([
          ['100644', 'score.yaml', blob],
          ['100644', 'a', blob],
        ]);
        return request([[pack.commit(tree), MAIN]], pack.bytes());
      })(),
      /fsck|unpack/,
    ],
    [
      'a chain of links',
      pushOf(pack => [
        ['120000', 'a', pack.blob('b')],
        ['120000', 'b', pack.blob('dir/..')],
        ['40000', 'dir', pack.tree([['120000', 'c', pack.blob('../../..')]])],
      ]),
      'taken',
    ],
    [
      'a score.yaml that is a link',
      (() => {
        const pack = new GitPack();
        const tree = pack.tree([
          ['120000', 'score.yaml', pack.blob('/etc/passwd')],
        ]);
        return request([[pack.commit(tree), MAIN]], pack.bytes());
      })(),
      /symbolic link/,
    ],
    [
      'submodules of .gitmodules that would run a program',
      pushOf(pack => [
        [
          '100644',
          '.gitmodules',
          pack.blob(
            '[submodule "../../x"]\n\tpath = -x\n\turl = -u./payload\n\tupdate = !touch x\n',
          ),
        ],
        ['160000', 'm', ELSEWHERE],
      ]),
      /fsck|unpack|submodule/,
    ],
    [
      'a .gitmodules that is a link',
      pushOf(pack => [['120000', '.gitmodules', pack.blob('/etc/passwd')]]),
      /fsck|unpack/,
    ],
    [
      'a pointer of LFS',
      pushOf(pack => [
        [
          '100644',
          'large.bin',
          pack.blob(
            'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n',
          ),
        ],
      ]),
      'taken',
    ],
    ['1,500 folders in each other', pushOf(pack => nested(pack, 1_500)), /./],
    [
      'ten to the power of ten files in few objects',
      pushOf(pack => [['40000', 'a', bomb(pack, { levels: 10, width: 10 })]]),
      /more than 20000 files/,
    ],
    [
      '21,000 files',
      pushOf(pack => {
        const id = pack.blob('');
        return Array.from(
          { length: 21_000 },
          (_, index): TreeLine => [
            '100644',
            `f${String(index).padStart(6, '0')}`,
            id,
          ],
        );
      }),
      /more than 20000 files/,
    ],
    [
      'a gigabyte of which one megabyte is sent',
      pushOf(pack => {
        const id = pack.blob(Buffer.alloc(1024 * 1024));
        return Array.from(
          { length: 1_000 },
          (_, index): TreeLine => [
            '100644',
            `f${String(index).padStart(6, '0')}`,
            id,
          ],
        );
      }),
      /files take/,
    ],
    [
      'a file that is not sent',
      pushOf(() => [['100644', 'gone', ELSEWHERE]]),
      /./,
    ],
    [
      'a file that is a commit',
      pushOf(pack => [['100644', 'odd', pack.commit(ELSEWHERE)]]),
      /./,
    ],
    [
      'a score.yaml of bytes that are no text',
      (() => {
        const pack = new GitPack();
        const tree = pack.tree([
          ['100644', 'score.yaml', pack.blob(Buffer.from([0xff, 0xfe, 0x00]))],
        ]);
        return request([[pack.commit(tree), MAIN]], pack.bytes());
      })(),
      /not UTF-8/,
    ],
    [
      'sixty score files',
      pushOf(pack => {
        const id = pack.blob(SCORE);
        return Array.from(
          { length: 60 },
          (_, index): TreeLine => [
            '100644',
            `a${String(index).padStart(2, '0')}.score.yaml`,
            id,
          ],
        );
      }),
      /at most 50/,
    ],
  ];
}

function commits(): Array<[string, Uint8Array, Expected]> {
  const at = (commit: Parameters<GitPack['commit']>[1]) =>
    pushOf(() => [], commit);
  const objectAtMain = (make: (pack: GitPack) => string) => {
    const pack = new GitPack();
    return request([[make(pack), MAIN]], pack.bytes());
  };
  return [
    [
      'a message that a terminal obeys',
      at({ message: '\u001b[2J\u0007' }),
      'taken',
    ],
    ['a message with NUL', at({ message: 'a\0b' }), /fsck|unpack|taken/],
    [
      'a message of a megabyte',
      at({ message: 'x'.repeat(1024 ** 2) }),
      'taken',
    ],
    ['no message', at({ message: '' }), 'taken'],
    ['an author without a name', at({ author: '<> 0 +0000' }), /./],
    [
      'an author who is two',
      at({ author: 'a <b> <c> 0 +0000' }),
      /fsck|unpack/,
    ],
    [
      'an author from another age',
      at({ author: 'E <e@x> 99999999999999999999 +9999' }),
      /fsck|unpack/,
    ],
    ['a parent that is not sent', at({ head: `parent ${ELSEWHERE}\n` }), /./],
    [
      'a thousand parents that are not sent',
      at({ head: `parent ${ELSEWHERE}\n`.repeat(1_000) }),
      /./,
    ],
    [
      'an encoding that is none',
      at({ head: '', message: '\xff\xfe' }),
      'taken',
    ],
    ['main at a file', objectAtMain(pack => pack.blob('x')), /./],
    [
      'main at a folder',
      objectAtMain(pack =>
        pack.tree([['100644', 'score.yaml', pack.blob(SCORE)]]),
      ),
      /./,
    ],
    [
      'main at a tag',
      objectAtMain(pack => {
        const tree = pack.tree([['100644', 'score.yaml', pack.blob(SCORE)]]);
        return pack.add(
          'tag',
          Buffer.from(
            `object ${pack.commit(
              tree,
            )}\ntype commit\ntag v1\ntagger E <e@x> 0 +0000\n\nv1\n`,
          ),
        );
      }),
      /./,
    ],
    [
      'a commit of a folder that is a file',
      objectAtMain(pack => pack.commit(pack.blob('x'))),
      /./,
    ],
    [
      'a commit that says nothing',
      objectAtMain(pack => pack.add('commit', Buffer.from('\n'))),
      /fsck|unpack/,
    ],
  ];
}

function wire(): Array<[string, Uint8Array, Expected]> {
  const pack = new GitPack();
  const tree = pack.tree([['100644', 'score.yaml', pack.blob(SCORE)]]);
  const commit = pack.commit(tree);
  const bytes = pack.bytes();
  const update = [[commit, MAIN]] as const;
  const delta = new GitPack();
  delta.addEntry(7, 100, Buffer.concat([Buffer.from(ELSEWHERE, 'hex')]));
  const liar = new GitPack();
  liar.addEntry(3, 2 ** 35, Buffer.from('789c030000000001', 'hex'));
  return [
    ['nothing', Buffer.alloc(0), NOTHING],
    ['a flush', FLUSH, NOTHING],
    ['words', Buffer.from('GET / HTTP/1.1\r\n\r\n'), NOTHING],
    ['a length that is no number', Buffer.from('zzzz'), NOTHING],
    ['a length of one', Buffer.from('0001'), NOTHING],
    ['a length beyond all', Buffer.from('ffff0000'), NOTHING],
    ['a command without ids', packet('main'), NOTHING],
    ['a ref without its end', packet(`${NONE} ${commit} `), NOTHING],
    ['no pack', request(update), /./],
    ['half a pack', request(update, bytes.subarray(0, bytes.length / 2)), /./],
    [
      'a pack whose sum is wrong',
      request(update, Buffer.concat([bytes.subarray(0, -1), Buffer.from('x')])),
      /./,
    ],
    ['a pack of too few', request(update, pack.bytes({ count: 9 })), /./],
    ['a pack of too many', request(update, pack.bytes({ count: 1 })), /./],
    [
      'four billion objects',
      request(update, pack.bytes({ count: 2 ** 32 - 1 })),
      /./,
    ],
    [
      'a pack of another version',
      request(update, pack.bytes({ version: 9 })),
      /./,
    ],
    ['a delta of nothing', request(update, delta.bytes()), /./],
    ['32 GB that are eight bytes', request(update, liar.bytes()), /./],
    ['a pack without its commit', request([[ELSEWHERE, MAIN]], bytes), /./],
    [
      'more after the pack',
      request(update, Buffer.concat([bytes, bytes])),
      /./,
    ],
    ['main deleted', request([[NONE, MAIN, commit]]), /./],
    [
      'main twice',
      request(
        [
          [commit, MAIN],
          [commit, MAIN],
        ],
        bytes,
      ),
      /./,
    ],
    [
      'a hundred and one branches',
      atRef(...Array.from({ length: 101 }, (_, i) => `refs/heads/b${i}`)),
      /at most 100/,
    ],
    [
      'shallow at what is not there',
      Buffer.concat([packet(`shallow ${ELSEWHERE}`), request(update, bytes)]),
      /./,
    ],
    [
      'a certificate that is none',
      Buffer.concat([
        packet(`push-cert\0 ${CAPABILITIES}`),
        packet('certificate version 9\n'),
        packet('push-cert-end\n'),
        FLUSH,
      ]),
      NOTHING,
    ],
  ];
}

function nested(pack: GitPack, depth: number): TreeLine[] {
  let tree = pack.tree([['100644', 'x', pack.blob('x')]]);
  for (let level = 0; level < depth; level += 1)
    tree = pack.tree([['40000', 'a', tree]]);
  return [['40000', 'a', tree]];
}

function bomb(
  pack: GitPack,
  { levels, width }: { levels: number; width: number },
): string {
  const holding = (mode: string, id: string) =>
    pack.tree(
      Array.from(
        { length: width },
        (_, index): TreeLine => [mode, `d${index}`, id],
      ),
    );
  let id = holding('100644', pack.blob('x'));
  for (let level = 1; level < levels; level += 1) id = holding('40000', id);
  return id;
}

/** Git compares names by bytes, those of folders as if they ended with a slash. */
function inGitsOrder(lines: readonly TreeLine[]): TreeLine[] {
  const keyOf = ([mode, name]: TreeLine) =>
    Buffer.from(mode === '40000' ? `${name}/` : (name as string));
  return [...lines].sort((a, b) => Buffer.compare(keyOf(a), keyOf(b)));
}

/** Trees of names, modes and links from the lists above, at any depth. */
export function randomPush(next: () => number): Uint8Array {
  const pick = <T>(from: readonly T[]): T =>
    from[Math.floor(next() * from.length)];
  const linesOf = (pack: GitPack, depth: number): TreeLine[] =>
    Array.from({ length: 1 + Math.floor(next() * 4) }, (_, index): TreeLine => {
      const name = next() < 0.5 ? pick(NAMES)[0] : `plain-${index}`;
      if (depth < 4 && next() < 0.4) {
        const inside = inGitsOrder(linesOf(pack, depth + 1));
        return ['40000', name, pack.tree(inside)];
      }
      const mode = pick(['100644', '100755', '120000', pick(MODES)[0]]);
      return [mode, name, pack.blob(pick(LINKS)[0])];
    });
  return pushOf(pack => linesOf(pack, 0));
}
