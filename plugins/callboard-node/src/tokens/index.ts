export { readTokenClaims } from './readTokenClaims';
