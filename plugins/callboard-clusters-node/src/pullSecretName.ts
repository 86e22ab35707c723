/**
 * Name of the Secret with which the pods of an app pull its images. Besides the
 * one of generated values the only Secret that Callboard changes by itself: its
 * role needs to name no other.
 */
export const PULL_SECRET_NAME = 'callboard-registry';
