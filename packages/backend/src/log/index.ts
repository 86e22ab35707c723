export { keepOutputHarmless, openLogFile } from './keepOutputHarmless';
export { logRequests } from './logRequests';
