/** The group of those who want no groups. */
export const ALL_TOGETHER = 'all';

/** What a link to the fleet carries. `sel` and `compare` are names of clusters with commas between them. */
export const FLEET_ADDRESS = {
  q: '',
  group: 'env',
  view: '',
  show: 'all',
  sort: '',
  sel: '',
  compare: '',
  several: '',
};
