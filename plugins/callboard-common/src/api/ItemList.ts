/** A page of a list. The OpenAPI document has one schema for each kind of item. */
export interface ItemList<T> {
  items: T[];
  /** Requests the next page as `?cursor=`; absent on the last one. Opaque to clients. */
  nextCursor?: string;
}
