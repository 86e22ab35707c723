import { findSimilarNames } from './findSimilarNames';

const NAMES = ['checkout', 'catalogue', 'ledger', 'search', 'search-api'];

describe('findSimilarNames', () => {
  it.each([
    { wanted: 'chekout', found: ['checkout'] },
    { wanted: 'Checkout', found: ['checkout'] },
    { wanted: 'catalog', found: ['catalogue'] },
    { wanted: 'serach', found: ['search'] },
    { wanted: 'search', found: ['search', 'search-api'] },
    { wanted: 'x', found: [] },
    { wanted: '', found: [] },
    { wanted: 'payments', found: [] },
  ])('for "$wanted" $found', ({ wanted, found }) => {
    expect(findSimilarNames(wanted, NAMES)).toEqual(found);
  });

  it('names three at most, sorted by name where they are equally near', () => {
    const names = ['eu-4', 'eu-2', 'eu-3', 'eu-1'];
    expect(findSimilarNames('eu-9', names)).toEqual(['eu-1', 'eu-2', 'eu-3']);
  });
});
