export { callboardPlugin as default } from './plugin';
export { GuestKeySignInPage } from './signIn/GuestKeySignInPage';
export { CallboardNotFoundPage } from './CallboardNotFoundPage';
