import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

const TYPES = { commit: 1, tree: 2, blob: 3, tag: 4 } as const;

export type ObjectType = keyof typeof TYPES;

/** One entry of a tree as git stores it: whatever mode and name are given. */
export type TreeLine = readonly [
  mode: string,
  name: string | Uint8Array,
  id: string,
];

/**
 * Objects of git made by hand, as no git client would make them, and the pack
 * that brings them. Source: git's documentation, gitformat-pack.
 */
export class GitPack {
  readonly #objects = new Map<string, Buffer>();

  blob(content: string | Uint8Array): string {
    return this.add('blob', Buffer.from(content as string));
  }

  tree(lines: readonly TreeLine[]): string {
    return this.add(
      'tree',
      Buffer.concat(
        lines.flatMap(([mode, name, id]) => [
          Buffer.from(`${mode} `),
          Buffer.from(name as string),
          Buffer.from([0]),
          Buffer.from(id, 'hex'),
        ]),
      ),
    );
  }

  commit(
    tree: string,
    {
      head = '',
      author = 'Eve <eve@example.com> 1700000000 +0000',
      message = 'Change\n',
    }: { head?: string; author?: string; message?: string } = {},
  ): string {
    return this.add(
      'commit',
      Buffer.from(
        `tree ${tree}\n${head}author ${author}\ncommitter ${author}\n\n${message}`,
      ),
    );
  }

  /** Adds an object, whatever it says. Returns its id. */
  add(type: ObjectType, content: Uint8Array): string {
    const id = createHash('sha1')
      .update(`${type} ${content.length}\0`)
      .update(content)
      .digest('hex');
    const header = entryHeader(TYPES[type], content.length);
    this.#objects.set(id, Buffer.concat([header, deflateSync(content)]));
    return id;
  }

  /** An entry of the pack as it is given. */
  addEntry(type: number, size: number, rest: Uint8Array): void {
    this.#objects.set(
      `entry ${this.#objects.size}`,
      Buffer.concat([entryHeader(type, size), rest]),
    );
  }

  bytes({
    count = this.#objects.size,
    version = 2,
  }: { count?: number; version?: number } = {}): Buffer {
    const head = Buffer.alloc(12, 'PACK');
    head.writeUInt32BE(version, 4);
    head.writeUInt32BE(count, 8);
    const pack = Buffer.concat([head, ...this.#objects.values()]);
    return Buffer.concat([pack, createHash('sha1').update(pack).digest()]);
  }
}

/** Type and size: seven bits at a time, the first byte has four of them beside the type. */
function entryHeader(type: number, size: number): Buffer {
  const bytes: number[] = [];
  let left = Math.floor(size / 16);
  let byte = type * 16 + (size % 16);
  while (left > 0) {
    bytes.push(byte + 128);
    byte = left % 128;
    left = Math.floor(left / 128);
  }
  return Buffer.from([...bytes, byte]);
}
