// Dragging over a chart's x axis selects a range; a click without dragging clears it.

const CLICK_PIXELS = 4;

/**
 * @param {Chart} chart
 * @param {function([number, number]|null, boolean)} onRange called while dragging and, with true, at its end
 */
export async function brush(chart, onRange) {
  await chart.ready;
  if (!chart.chart) return;
  const zr = chart.chart.getZr();
  let from = null;
  const at = event => chart.chart.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])[0];
  zr.on('mousedown', event => {
    if (chart.chart.containPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])) from = { x: at(event), pixel: event.offsetX };
  });
  zr.on('mousemove', event => {
    if (from) onRange([Math.min(from.x, at(event)), Math.max(from.x, at(event))], false);
  });
  const end = event => {
    if (!from) return;
    const moved = Math.abs(event.offsetX - from.pixel) > CLICK_PIXELS;
    const range = moved ? [Math.min(from.x, at(event)), Math.max(from.x, at(event))] : null;
    from = null;
    onRange(range, true);
  };
  zr.on('mouseup', end);
  zr.on('globalout', event => from && end(event));
}
