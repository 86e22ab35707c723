/**
 * Where the page says the plain name of a cluster though the cluster has a
 * title: in cells, lists, options, links, headings and labels. In the middle
 * of a sentence it may.
 *
 * @param names - of clusters that have a title
 */
export function plainNames(names: readonly string[]): string[] {
  const isPlain = (text: string) =>
    text !== '' && text.split(/, | and /).every(part => names.includes(part));
  const elements = [...document.body.querySelectorAll('*')];
  const texts = elements
    .filter(element => isPlain(ownText(element)))
    .filter(element => !isInSentence(element))
    .map(element => `${element.tagName} ${ownText(element)}`);
  const labels = elements.flatMap(element =>
    ['aria-label', 'title'].flatMap(attribute => {
      const text = element.getAttribute(attribute) ?? '';
      return isPlain(text) ? [`${element.tagName} ${attribute} ${text}`] : [];
    }),
  );
  return [...new Set([...texts, ...labels])];
}

/** A name that a sentence keeps on one line has words beside it. */
function isInSentence({ parentElement }: Element): boolean {
  return parentElement !== null && /\p{L}/u.test(ownText(parentElement));
}

function ownText(element: Element): string {
  return [...element.childNodes]
    .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    .map(({ textContent }) => textContent)
    .join('')
    .trim();
}
