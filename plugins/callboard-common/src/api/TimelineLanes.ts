import type { components } from './generated/schema';

/** Kind of the lanes of a timeline. */
export type TimelineLanes = components['parameters']['lanes'];
