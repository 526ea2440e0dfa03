<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n failure(s)</source>
        <translation>
            <numerusform>%n failure</numerusform>
            <numerusform>%n failures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n endpoint(s)</source>
        <translation>
            <numerusform>of %n endpoint</numerusform>
            <numerusform>of %n endpoints</numerusform>
        </translation>
    </message>
</context>
</TS>
