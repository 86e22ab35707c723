/* eslint-disable @backstage/no-relative-monorepo-imports */
import { authenticateGit } from '../../../../../plugins/callboard-backend/src/git/authenticateGit';
import { GitTokens } from '../../../../../plugins/callboard-backend/src/git/GitTokens';
import {
  FLUSH,
  packet,
  readPushCommands,
  refusePush,
} from '../../../../../plugins/callboard-backend/src/git/packets';
import { problemLines } from '../../../../../plugins/callboard-backend/src/git/problemLines';
import {
  linkProblem,
  readTree,
  staysInside,
} from '../../../../../plugins/callboard-git-node/src/tree';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { failed } from '@callboard/plugin-callboard-common';
import { DEFAULT_GIT_LIMITS } from '@callboard/plugin-callboard-git-node';
import type { Reader } from './Reader';

const TOKENS = new GitTokens();
TOKENS.add({
  username: 'ana',
  token: 'git-token-of-ana',
  userEntityRef: 'user:default/ana',
});
const ID = 'a'.repeat(40);

/** What git clients send, and git says of what they sent. */
export const GIT: readonly Reader[] = [
  {
    name: 'the commands of a push',
    seeds: [
      Buffer.concat([
        packet(
          `${'0'.repeat(
            40,
          )} ${ID} refs/heads/main\0 report-status side-band-64k`,
        ),
        packet(`${ID} ${'0'.repeat(40)} refs/tags/v1`),
        FLUSH,
        Buffer.from('PACK'),
      ]),
    ],
    read(_, bytes) {
      const commands = readPushCommands(Buffer.from(bytes));
      if (commands)
        refusePush(commands, { lines: ['No'], summary: 'push-too-large' });
    },
  },
  {
    name: 'the list of pushed files',
    seeds: [
      `100644 blob ${ID}     120\tscore.yaml\x00120000 blob ${ID}      10\ta/link\0`,
      `160000 commit ${ID}       -\tmodule\x00100755 blob ${ID} 3\tbin/x\0`,
      `100644 blob ${ID}       1\t.git/config\x00100644 blob ${ID} 1\t../x\0`,
    ],
    async read(text, bytes) {
      const tree = await readTree(Buffer.from(bytes), DEFAULT_GIT_LIMITS);
      for (const { path } of tree.ok ? tree.value : [])
        staysInside(path, text.slice(0, 300));
      if (tree.ok) return undefined;
      assertPlain(problemLines(tree.problem));
      assertPlain(problemLines(linkProblem(text.slice(0, 300))));
      return tree.problem;
    },
  },
  {
    name: "git's credentials",
    seeds: [
      `Basic ${Buffer.from('ana:git-token-of-ana').toString('base64')}`,
      `Basic ${Buffer.from(`ana:cbt_${'a'.repeat(43)}`).toString('base64')}`,
      'Basic YTo=',
      'Bearer x',
    ],
    async read(text) {
      const identity = await authenticateGit(text, {
        tokens: TOKENS,
        auth: { authenticate: async () => Promise.reject(new Error('wrong')) },
        userInfo: {},
        controlPlane: {
          admitGitToken: async () =>
            failed({
              code: 'git-token-wrong',
              what: 'Not signed in',
              why: 'it is not known',
              next: 'Create one',
              transient: false,
            }),
        },
        resolveOwnership: async () => ({ refs: [], isInCatalog: false }),
      } as unknown as Parameters<typeof authenticateGit>[1]);
      return identity.ok ? undefined : identity.problem;
    },
  },
];

/** A terminal obeys control characters. */
function assertPlain(lines: readonly string[]): void {
  const odd = lines.find(line => /\p{Cc}/u.test(line));
  if (odd !== undefined) throw new Error(`A terminal obeys ${odd}`);
}
