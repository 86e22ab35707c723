export {
  type PublicKey,
  generateKeys,
  isSignedBy,
  publicKeyOf,
  signText,
} from './keys';
export * from './messages';
