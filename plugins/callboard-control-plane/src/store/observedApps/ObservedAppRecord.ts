/** A component of the catalog whose objects were not deployed by Callboard. */
export interface ObservedAppRecord {
  /** `component:default/shop`. */
  entityRef: string;
  /** Value of the label that its objects carry. */
  label: string;
  /** The only namespace in which objects count. */
  namespace?: string;
}
