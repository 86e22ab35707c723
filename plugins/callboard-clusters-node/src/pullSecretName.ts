/**
 * Name of the Secret with which the pods of an app pull its images. Beside the one
 * of generated values the only Secret that Callboard touches by itself: anyone who grants it rights need name no other.
 */
export const PULL_SECRET_NAME = 'callboard-registry';
