export { parseAppFile } from './parseAppFile';
export {
  locateInPlatformFile,
  parsePlatformFiles,
  readPlatformDocuments,
} from './parsePlatformFiles';
export { PATCHABLE_FIELDS } from './patchSchema';
