import { isRecord } from '@callboard/plugin-callboard-common';
import type {
  Descriptor,
  ImageConfig,
  ImageIndex,
  ImageManifest,
} from './types';

/** Digests become paths of requests and names of files. */
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

type JsonRecord = Record<string, unknown>;

/** A manifest or an index, as a registry stores it; undefined for anything else. */
export function readImageDocument(
  bytes: Buffer,
): ImageManifest | ImageIndex | undefined {
  const json = parseRecord(bytes.toString('utf8'));
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

/** What an index lists; undefined for what is none. */
export function readIndexEntries(text: string): Descriptor[] | undefined {
  const manifests = parseRecord(text)?.manifests;
  return isDescriptors(manifests) ? manifests : undefined;
}

/** The configuration of an image; undefined for anything else. */
export function readImageConfig(bytes: Buffer): ImageConfig | undefined {
  const json = parseRecord(bytes.toString('utf8'));
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

function parseRecord(text: string): JsonRecord | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
