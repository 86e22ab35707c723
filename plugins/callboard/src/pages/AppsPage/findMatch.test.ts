import * as fixtures from '../../stories/fixtures';
import { findMatch } from './findMatch';

const nameOf = (cluster: string) =>
  cluster === 'eu-1' ? 'eu-1 · Frankfurt' : cluster;

it.each([
  { search: '', says: [] },
  { search: 'checkout', says: [] },
  { search: 'Production', says: [] },
  { search: 'payments', says: ['owner payments'] },
  { search: 'eu-1', says: ['runs on eu-1 · Frankfurt'] },
  { search: 'frank', says: ['runs on eu-1 · Frankfurt'] },
  { search: 'checkout eu-1', says: ['runs on eu-1 · Frankfurt'] },
  { search: '44444', says: ['commit 4444444'] },
  { search: 'checkout nowhere', says: undefined },
])('says why "$search" is found', ({ search, says }) => {
  expect(findMatch(fixtures.app(), { search, nameOf })).toEqual(says);
});
