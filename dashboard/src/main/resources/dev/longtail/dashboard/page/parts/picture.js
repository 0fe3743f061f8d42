import { h } from '../dom.js';
import { picturePath } from '../api.js';

const SMALL = 96;

/** The picture of an example, or its number where it has none. */
export function picture(output, split, index, hasPictures) {
  const none = () => h('span.no-picture', {}, `${split} ${index}`);
  return h('span.picture', {}, !hasPictures ? none() : h('img', {
    src: picturePath(output, split, index), alt: `${split} example ${index}`, loading: 'lazy', decoding: 'async',
    onload: ({ target }) => target.classList.toggle('pixelated', target.naturalWidth < SMALL),
    onerror: ({ target }) => target.replaceWith(none()),
  }));
}

/** Address of an example's own page. */
export const examplePath = (output, split, index) => `/e/${encodeURIComponent(output)}/${split}/${index}`;
