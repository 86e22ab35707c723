/**
 * Name of the Secret with which the pods of an app pull its images. The one
 * Secret that Callboard touches by itself: anyone who grants it rights need name no other.
 */
export const PULL_SECRET_NAME = 'callboard-registry';
