/**
 * A file that was cut off lacks its end marker. The style stands first in the file, so that the page says so wherever it ends, with scripts or
 * without; it waits, since a file that is still on its way lacks it too.
 */
export const CUT_OFF_STYLE = `body:not(:has(> #end), .cut-off-told)::before {
  content: 'This file is cut off: what comes after this point of it is missing, some cells with it. Render it again with "assay report RUN --reporter html".';
  position: absolute; visibility: hidden; display: block; padding: 0.75em 1.25em;
  font: bold 15px/1.4 system-ui, sans-serif; color: #5c1408; background: #fde8e3; border-bottom: 2px solid #b3261e;
  animation: cut-off 0s 3s forwards;
}
@keyframes cut-off { to { position: static; visibility: visible } }`
