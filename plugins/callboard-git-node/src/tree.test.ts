import { countTurns } from '@callboard/testing';
import { DEFAULT_GIT_LIMITS } from './limits';
import { readTree } from './tree';

/** As `git ls-tree -r -l -z` writes them. */
function listing(paths: number, mode = '100644'): Buffer {
  const id = 'a'.repeat(40);
  return Buffer.from(
    Array.from(
      { length: paths },
      (_, i) => `${mode} blob ${id}      12\tsrc/file-${i}.ts\0`,
    ).join(''),
  );
}

describe('readTree', () => {
  it('reads kind, size and path, and leaves out what git refuses', async () => {
    const output = Buffer.concat([listing(1), listing(1, '040000')]);
    expect(await readTree(output, DEFAULT_GIT_LIMITS)).toEqual({
      ok: true,
      value: [
        {
          kind: 'file',
          id: 'a'.repeat(40),
          bytes: 12,
          path: 'src/file-0.ts',
        },
      ],
    });
  });

  it('lets others have their turn while it reads many files', async () => {
    const turns = await countTurns(async () => {
      const tree = await readTree(listing(20_000), DEFAULT_GIT_LIMITS);
      expect(tree.ok && tree.value.length).toBe(20_000);
    });
    expect(turns).toBeGreaterThan(15);
  });

  it('counts too many files without reading them', async () => {
    const toText = jest.spyOn(Buffer.prototype, 'toString');
    const tree = await readTree(listing(20_001), DEFAULT_GIT_LIMITS);
    expect(toText).not.toHaveBeenCalled();
    toText.mockRestore();
    expect(tree).toMatchObject({
      ok: false,
      problem: {
        code: 'revision-too-many-files',
        why: 'it holds 20001 files, at most 20000 are taken',
      },
    });
  });
});
