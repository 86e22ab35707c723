import type { components } from './generated/schema';

/** What the lanes of a timeline are. */
export type TimelineLanes = components['parameters']['lanes'];
