/** The group of those who want no groups. */
export const ALL_TOGETHER = 'all';

/** What a link to the fleet carries. `sel` and `compare` are names of clusters with commas between them, `unfolded` of long groups that are shown whole. */
export const FLEET_ADDRESS = {
  q: '',
  group: 'env',
  view: '',
  show: 'all',
  sort: '',
  sel: '',
  compare: '',
  several: '',
  unfolded: '',
};
