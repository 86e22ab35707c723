export { parseAppFile } from './parseAppFile';
export {
  parsePlatformFiles,
  readPlatformDocuments,
} from './parsePlatformFiles';
export { PATCHABLE_FIELDS } from './patchSchema';
