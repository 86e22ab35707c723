import { ok } from '@callboard/plugin-callboard-common';
import { GitTokens } from './GitTokens';
import { type GitAuthenticatorDeps, authenticateGit } from './authenticateGit';

const ANA = 'user:default/ana';
const CREDENTIALS = `Basic ${btoa(`anybody:cbt_${'a'.repeat(43)}`)}`;

function depsOf(
  inCatalog: boolean,
  ownership: Awaited<ReturnType<GitAuthenticatorDeps['resolveOwnership']>>,
) {
  return {
    tokens: new GitTokens(),
    controlPlane: {
      admitGitToken: async () =>
        ok({
          kind: 'person',
          userEntityRef: ANA,
          inCatalog,
          token: 'laptop',
        }),
    },
    resolveOwnership: async () => ownership,
  } as unknown as GitAuthenticatorDeps;
}

describe('the person of a git token', () => {
  it.each([
    ['acts for their groups of now', true, [ANA, 'group:default/shop'], true],
    ['has no token when the catalog lost them', true, [ANA], false],
    ['keeps it while the catalog does not answer', true, [ANA], undefined],
    ['need not be there who never was', false, [ANA], false],
  ])('%s', async (_, inCatalog, refs, isInCatalog) => {
    const identity = await authenticateGit(
      CREDENTIALS,
      depsOf(inCatalog, { refs, isInCatalog }),
    );
    expect(identity).toMatchObject(
      inCatalog && isInCatalog === false
        ? { ok: false, problem: { code: 'git-token-ended' } }
        : { ok: true, value: { userEntityRef: ANA, ownershipRefs: refs } },
    );
  });
});
