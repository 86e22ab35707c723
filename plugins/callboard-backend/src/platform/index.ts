export { PlatformFolders } from './PlatformFolders';
