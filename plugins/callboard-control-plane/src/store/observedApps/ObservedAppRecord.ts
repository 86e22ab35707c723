/** A component of the catalog whose objects others deployed. */
export interface ObservedAppRecord {
  /** `component:default/shop`. */
  entityRef: string;
  /** Value of the label that its objects carry. */
  label: string;
  /** The only namespace in which objects count. */
  namespace?: string;
}
