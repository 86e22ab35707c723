/** A page of a list. The document writes one for each schema. */
export interface ItemList<T> {
  items: T[];
  /** What asks for the next page as `?cursor=`; absent on the last one. Its text means nothing to anybody else. */
  nextCursor?: string;
}
