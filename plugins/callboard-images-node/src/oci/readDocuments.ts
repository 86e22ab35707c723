import { isRecord } from '@callboard/plugin-callboard-common';
import { parseJsonInTurns } from '@callboard/plugin-callboard-node';
import type {
  Descriptor,
  ImageConfig,
  ImageIndex,
  ImageManifest,
} from './types';

/** Digests become parts of request paths and file names. */
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** An image has at most 127 layers; an index lists images, or documents that are attached to one. */
const LIMITS = {
  depth: 20,
  valueBytes: 1024 * 1024,
  valueParts: 20_000,
  listItems: 10_000,
};

type JsonRecord = Record<string, unknown>;

/** Parses a manifest or an index, as a registry stores it; undefined for anything else. */
export async function readImageDocument(
  bytes: Uint8Array,
): Promise<ImageManifest | ImageIndex | undefined> {
  const json = await parseRecord(bytes);
  if (!json || !isOptionalText(json.mediaType)) return undefined;
  if ('manifests' in json)
    return isDescriptors(json.manifests)
      ? (json as unknown as ImageIndex)
      : undefined;
  const { config, layers, subject } = json;
  return isDescriptor(config) &&
    isDescriptors(layers) &&
    (subject === undefined || isDescriptor(subject))
    ? (json as unknown as ImageManifest)
    : undefined;
}

/** Parses the entries of an index; undefined for anything else. */
export async function readIndexEntries(
  bytes: Uint8Array,
): Promise<Descriptor[] | undefined> {
  const manifests = (await parseRecord(bytes))?.manifests;
  return isDescriptors(manifests) ? manifests : undefined;
}

/** Parses the configuration of an image; undefined for anything else. */
export async function readImageConfig(
  bytes: Uint8Array,
): Promise<ImageConfig | undefined> {
  const json = await parseRecord(bytes);
  const { rootfs, config = {} } = json ?? {};
  const isConfig =
    isRecord(rootfs) &&
    rootfs.type === 'layers' &&
    Array.isArray(rootfs.diff_ids) &&
    rootfs.diff_ids.every(isDigest) &&
    (config === null || isRecord(config));
  return isConfig
    ? ({ ...json, config: config ?? {} } as unknown as ImageConfig)
    : undefined;
}

function isDescriptors(value: unknown): value is Descriptor[] {
  return Array.isArray(value) && value.every(isDescriptor);
}

function isDescriptor(value: unknown): value is Descriptor {
  if (!isRecord(value) || !isDigest(value.digest)) return false;
  const { mediaType, size, artifactType, platform } = value;
  return (
    typeof mediaType === 'string' &&
    Number.isSafeInteger(size) &&
    Number(size) >= 0 &&
    isOptionalText(artifactType) &&
    (platform === undefined || platform === null || isRecord(platform))
  );
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && DIGEST.test(value);
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

async function parseRecord(bytes: Uint8Array): Promise<JsonRecord | undefined> {
  const json = await parseJsonInTurns(bytes, LIMITS);
  return isRecord(json) ? json : undefined;
}
