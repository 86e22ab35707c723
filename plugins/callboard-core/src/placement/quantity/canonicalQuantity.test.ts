import { canonicalQuantity } from '.';

/* What ParseQuantity and String of k8s.io/apimachinery 0.32 answer. */
describe('the spelling of an amount', () => {
  it.each<[unknown, string | undefined]>([
    ['8', '8'],
    [8, '8'],
    ['8000m', '8'],
    ['0.5', '500m'],
    ['.5', '500m'],
    ['1000', '1k'],
    ['123456', '123456'],
    ['1500000', '1500k'],
    ['100', '100'],
    ['0', '0'],
    ['0Ki', '0'],
    ['0.0', '0'],
    ['2048Ki', '2Mi'],
    ['1.5Gi', '1536Mi'],
    ['1025Mi', '1025Mi'],
    ['512', '512'],
    ['0.5Ki', '512'],
    ['1.0001Ki', '1024102400u'],
    ['-1500m', '-1500m'],
    ['-2048Ki', '-2Mi'],
    ['1e3', '1e3'],
    ['12e2', '1200'],
    ['10E1', '100'],
    ['5e-1', '500e-3'],
    ['100E', '100E'],
    ['1n', '1n'],
    ['0.1n', '1n'],
    ['1.500', '1.500'],
    ['+5', '+5'],
    ['007', '007'],
    ['+7Ki', '+7Ki'],
    ['+8Ki', '8Ki'],
    [' 4 ', '4'],
    ['9Ei', '9223372036854775807'],
    ['lots', undefined],
    [true, undefined],
    [undefined, undefined],
  ])('of %p is %p', (text, expected) => {
    expect(canonicalQuantity(text)).toBe(expected);
  });
});
