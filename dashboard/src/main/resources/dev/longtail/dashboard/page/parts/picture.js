import { h } from '../dom.js';
import { picturePath } from '../api.js';

const SMALL = 96;

/** The picture of an example, or its number where it has none. */
export function picture(output, split, index, hasPictures) {
  const frame = h('span.picture');
  const none = () => frame.replaceChildren(h('span.no-picture', {}, `${split} ${index}`));
  if (!hasPictures) {
    none();
    return frame;
  }
  const image = h('img', {
    src: picturePath(output, split, index), alt: `${split} example ${index}`, loading: 'lazy', decoding: 'async',
    onload: () => image.classList.toggle('pixelated', image.naturalWidth < SMALL), onerror: none,
  });
  frame.append(image);
  return frame;
}

/** Address of an example's own page. */
export const examplePath = (output, split, index) => `/e/${encodeURIComponent(output)}/${split}/${index}`;
