/// The page's style sheet.
///
/// The variants' colours are distinguishable with colour blindness (after Okabe and Ito), and each has a contrast of at
/// least 4.5:1 with its background, so that text can use it.
enum PageStyle {
  static let sheet: Markup = """
    :root {
      color-scheme: light dark;
      --ground: #fcfcfa; --raised: #f4f4f0; --rule: #dcdcd5; --grid: #e6e6e0; --ink: #1d2125; --soft: #575e66;
      --alert: #9b2f12; --alert-ground: #fbeee8; --accent: #0b5d96;
      --s0: #0b62a4; --s1: #b14a05; --s2: #00725a; --s3: #963c80; --s4: #775f00; --s5: #4d5761; --s6: #107a91;
      --s7: #97303b;
      --c0: #1f4e79; --c1: #d98032; --c2: #6f9fc8; --c3: #7a7f87; --c4: #9d7bb0; --c5: #4f9a84;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --ground: #14171a; --raised: #1c2024; --rule: #363c42; --grid: #282d32; --ink: #e8eaec; --soft: #a6afb8;
        --alert: #ffab8f; --alert-ground: #35201a; --accent: #7cbcf0;
        --s0: #6cb4f5; --s1: #ff9f63; --s2: #4dcfae; --s3: #e79bd0; --s4: #dfc54c; --s5: #b8c2cc; --s6: #72d3e8;
        --s7: #f5959d;
        --c0: #5b96cc; --c1: #e39a57; --c2: #a9cdea; --c3: #9aa2ab; --c4: #c3a5d4; --c5: #78c4ad;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--ground); color: var(--ink);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
      overflow-wrap: anywhere;
    }
    main { max-width: 968px; margin: 0 auto; padding: 56px 24px 72px; }
    h1 { font-size: clamp(1.85rem, 5vw, 2.6rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0; font-weight: 650; }
    h2 { font-size: 1.35rem; line-height: 1.25; letter-spacing: -0.01em; margin: 0 0 12px; font-weight: 650; }
    h3 { font-size: .8rem; letter-spacing: .04em; margin: 0 0 6px; color: var(--soft); font-weight: 600; }
    p { margin: 0 0 10px; max-width: 68ch; }
    section { margin-top: 56px; }
    code { font: .88em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .kicker { color: var(--soft); font-size: .875rem; margin: 0 0 6px; }
    .lead { color: var(--soft); margin: 10px 0 0; font-variant-numeric: tabular-nums; }
    time { white-space: nowrap; }
    .legend { color: var(--soft); font-size: .875rem; margin: 10px 0 0; }
    .legend + h3 { margin-top: 18px; }
    .alarm {
      margin: 24px 0 0; padding: 12px 16px; max-width: none; border-left: 4px solid var(--alert);
      background: var(--alert-ground); border-radius: 0 6px 6px 0;
    }
    .alarm + .alarm { margin-top: 8px; }
    .alarm strong { color: var(--alert); margin-right: .4em; }
    .topics { columns: 2 300px; column-gap: 44px; margin-top: 30px; }
    .topic { break-inside: avoid; padding-bottom: 16px; }
    .variants, .keys { list-style: none; margin: 0; padding: 0; }
    .variants li { display: flex; gap: 14px; align-items: baseline; padding: 7px 0; border-bottom: 1px solid var(--grid); }
    .variants li:last-child { border-bottom: 0; }
    .variants b { font-weight: 600; margin-right: .5em; }
    .soft { color: var(--soft); }
    .swatch { flex: none; }
    .variants .swatch { position: relative; top: -2px; }
    .keys { display: flex; flex-wrap: wrap; gap: 6px 22px; margin: 10px 0 18px; font-size: .875rem; }
    .keys li { display: flex; gap: 8px; align-items: center; }
    figure { margin: 0 0 40px; }
    figcaption { font-weight: 600; margin-bottom: 12px; }
    .scroll { overflow-x: auto; -webkit-overflow-scrolling: touch; }
    .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.4;
      font-variant-numeric: tabular-nums lining-nums; overflow-wrap: normal; }
    caption { text-align: left; color: var(--soft); font-size: .875rem; padding: 0 0 6px; }
    caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 30px); }
    th, td { text-align: left; vertical-align: baseline; padding: 8px 20px 8px 0; }
    tbody tr { border-top: 1px solid var(--grid); } tbody tr.more { border-top: 0; } .more td { padding-top: 0; }
    tbody:last-child { border-bottom: 1px solid var(--grid); }
    thead th { color: var(--soft); font-weight: 500; font-size: .82rem; vertical-align: bottom; line-height: 1.25;
      border-bottom: 1px solid var(--rule); }
    tbody th { font-weight: 600; min-width: 9.5em; }
    tr > .number:last-child { padding-right: 2px; }
    .number { text-align: right; white-space: nowrap; }
    th.number, td.number { padding-left: 4px; padding-right: 14px; }
    thead .number { white-space: normal; }
    .scroll th:first-child { position: sticky; left: 0; background: var(--ground); z-index: 1; }
    td span, th span { display: block; }
    .who { display: none; }
    .marks { display: flex; flex-wrap: wrap; gap: 6px 26px; margin: 14px 0 18px; font-size: .875rem; }
    .marks div { display: flex; gap: 8px; align-items: baseline; }
    .marks dt { margin: 0; } .marks dd { margin: 0; color: var(--soft); }
    .mark { display: inline-block; white-space: nowrap; font-size: .8rem; font-weight: 600; color: var(--alert); }
    td .mark { display: block; margin-top: 3px; }
    .mark span { display: inline; font-size: .8em; }
    .matrix td, .matrix th { min-width: 142px; vertical-align: top; }
    .matrix tbody th { font-weight: 500; min-width: 200px; max-width: 260px; overflow-wrap: anywhere; }
    @media screen and (min-width: 1016px) {
      .broad { width: min(100vw - 48px, 1480px); margin-left: calc(50% - min(50vw - 24px, 740px)); }
    }
    .matrix td { padding-left: 12px; padding-right: 12px; }
    .matrix thead th + th, .matrix tfoot td { padding-left: 12px; padding-right: 12px; }
    .matrix thead th { color: var(--ink); font-weight: 600; }
    .matrix .status { display: inline; font-weight: 600; }
    .matrix .kind { display: inline; }
    .matrix .batch, .matrix .members { color: var(--soft); font-size: .8rem; }
    .matrix .batch { display: block; white-space: nowrap; }
    .matrix .members { overflow-wrap: anywhere; color: var(--ink); }
    .matrix td.marked { background: var(--alert-ground); box-shadow: inset 3px 0 0 var(--alert); }
    .matrix .absent { color: var(--soft); }
    .matrix tfoot th, .matrix tfoot td { border-top: 1px solid var(--rule); font-weight: 600; }
    .matrix tfoot td.marked { color: var(--alert); background: none; box-shadow: none; }
    .chart { display: block; width: 100%; height: auto; overflow: visible; font-family: inherit; }
    .chart.narrow { display: none; }
    .chart text { font-size: 13px; fill: var(--soft); font-variant-numeric: tabular-nums; }
    .chart .name, .chart .sum { fill: var(--ink); font-weight: 600; }
    .grid { stroke: var(--grid); stroke-width: 1; }
    .leader { stroke: var(--rule); stroke-width: 1; }
    .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: butt; }
    .d1 { stroke-dasharray: 9 4; } .d2 { stroke-dasharray: 3 3; } .d3 { stroke-dasharray: 12 4 3 4; }
    .s0 { stroke: var(--s0); } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); }
    .s4 { stroke: var(--s4); } .s5 { stroke: var(--s5); } .s6 { stroke: var(--s6); } .s7 { stroke: var(--s7); }
    .chart .t0 { fill: var(--s0); } .chart .t1 { fill: var(--s1); } .chart .t2 { fill: var(--s2); }
    .chart .t3 { fill: var(--s3); } .chart .t4 { fill: var(--s4); } .chart .t5 { fill: var(--s5); }
    .chart .t6 { fill: var(--s6); } .chart .t7 { fill: var(--s7); }
    .c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); }
    .c4 { fill: var(--c4); } .c5 { fill: var(--c5); }
    .notes { margin: 0; padding-left: 1.1em; max-width: 72ch; } .notes li { margin-bottom: 6px; }
    .run { margin: 0; } .run div { display: grid; grid-template-columns: 110px 1fr; gap: 16px; padding: 6px 0;
      border-bottom: 1px solid var(--grid); }
    .run code span { display: inline-block; }
    .run dt { color: var(--soft); } .run dd { margin: 0; }
    @media (max-width: 640px) {
      main { padding: 32px 15px 48px; }
      section { margin-top: 44px; }
      .chart.wide { display: none; } .chart.narrow { display: block; }
      .run div { grid-template-columns: 1fr; gap: 0; }
    }
    /* On a phone, each row is a block with a line for each variant or column, so that none is beyond the edge. */
    @media screen and (max-width: 640px) {
      table, caption, tbody, tfoot, tr, tr > th { display: block; }
      thead { display: none; }
      tr { padding: 10px 0; }
      tbody th, tfoot th { min-width: 0; max-width: none; padding: 0 0 4px; border: 0; font-weight: 600; }
      .scroll .matrix tbody th, .scroll th:first-child { position: static; max-width: none; padding: 0 0 4px;
        font-weight: 600; }
      .who { display: block; color: var(--soft); overflow-wrap: anywhere; }
      .scroll td { display: grid; grid-template-columns: 7.6em 1fr; gap: 0 12px; min-width: 0; padding: 2px 8px;
        border: 0; }
      .rows td { padding-left: 0; padding-right: 0; }
      .rows td div { overflow-wrap: anywhere; }
      .rows .number { text-align: left; white-space: normal; }
      .rows .more { padding-top: 0; }
      .rows .head, .rows .blank { display: none; }
      .matrix .batch, .matrix .mark { display: inline-block; margin: 0 0 0 .5em; }
      .matrix .mark { margin-left: 0; margin-right: .8em; }
      .matrix tfoot tr { border-top: 1px solid var(--rule); }
    }
    @media print {
      :root { color-scheme: light; --ground: #fff; --alert-ground: #fff; }
      @page { size: A4; margin: 15mm 14mm; }
      html { font-size: 9.5pt; } body { font-size: 1rem; line-height: 1.45; }
      main { max-width: none; padding: 0; }
      section { margin-top: 18pt; } .variants li, .run div { padding: 2pt 0; }
      table { font-size: 8.5pt; }
      th, td { padding: 3pt 8pt 3pt 0; }
      .matrix { table-layout: fixed; font-size: 8pt; }
      .matrix td, .matrix th, .matrix tbody th { min-width: 0; max-width: none; }
      .matrix thead th:first-child { width: 24%; } .broad .matrix thead th:first-child { width: 16%; }
      .matrix td, .matrix thead th + th, .matrix tfoot td { padding-left: 5pt; padding-right: 3pt; }
      .matrix .batch, .matrix .mark, .matrix .members { font-size: 7pt; white-space: normal; }
      /* Otherwise Chromium leaves the heading alone at the end of a page. */
      section[aria-labelledby=behaviour] { break-before: page; }
      .scroll { overflow: visible; } .scroll th:first-child { position: static; }
      h2, h3, caption, figcaption { break-after: avoid; }
      tr, tbody, .scroll, .topic p, .legend, li, svg, .alarm { break-inside: avoid; }
      .topic { break-inside: auto; }
      .cases, .matrix tbody { break-inside: auto; }
      thead { display: table-header-group; } tfoot { display: table-row-group; }
    }
    """

  /// Added to the sheet for printing a matrix with many columns in landscape format.
  static let landscape: Markup = """
    @media print {
      @page { size: A4 landscape; }
      .chart { max-width: 180mm; }
    }
    """
}
