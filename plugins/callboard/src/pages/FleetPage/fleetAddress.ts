/** Value of the grouping for no groups. */
export const ALL_TOGETHER = 'all';

/**
 * Parameters of a link to the fleet. `sel` and `compare` are names of clusters
 * separated by commas, `unfolded` names long groups that are shown in full.
 */
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
