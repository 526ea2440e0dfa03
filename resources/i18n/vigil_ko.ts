<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
<context>
    <name>Banner</name>
    <message>
        <source>Understood</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>{trouble} (since {time})</source>
        <translation>{trouble} ({time}부터)</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>연결되지 않음</translation>
    </message>
    <message>
        <source>This computer is offline since {time} - nobody is blamed</source>
        <translation>{time}부터 이 컴퓨터가 오프라인입니다 - 엔드포인트 탓이 아닙니다</translation>
    </message>
    <message>
        <source>Not connected - data {as_of}</source>
        <translation>연결되지 않음 - {as_of} 데이터</translation>
    </message>
</context>
<context>
    <name>BodyEdit</name>
    <message>
        <source>Stored, not shown</source>
        <translation>저장됨, 표시하지 않음</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Replace the body</source>
        <translation>본문 바꾸기</translation>
    </message>
    <message>
        <source>Keep the stored one</source>
        <translation>저장된 것 유지</translation>
    </message>
    <message>
        <source>Keep the body secret</source>
        <translation>본문을 비밀로 보관</translation>
    </message>
    <message>
        <source>It is not shown again once it is saved</source>
        <translation>저장한 뒤에는 다시 표시되지 않습니다</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>Resume</source>
        <translation>재개</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Tag...</source>
        <translation>태그...</translation>
    </message>
    <message>
        <source>Add or remove a tag (T)</source>
        <translation>태그를 추가하거나 뺍니다 (T)</translation>
    </message>
    <message>
        <source>Interval...</source>
        <translation>간격...</translation>
    </message>
    <message>
        <source>Change how often they are checked (I)</source>
        <translation>점검 간격을 바꿉니다 (I)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Check every</source>
        <translation>점검 간격</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>ChannelFields</name>
    <message>
        <source>This is needed.</source>
        <translation>필요한 항목입니다.</translation>
    </message>
    <message>
        <source>Must start with http:// or https://</source>
        <translation>http:// 또는 https://로 시작해야 합니다</translation>
    </message>
    <message>
        <source>This is not an e-mail address.</source>
        <translation>이메일 주소가 아닙니다.</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>암호화 안 함</translation>
    </message>
    <message>
        <source>To</source>
        <translation>받는 사람</translation>
    </message>
    <message>
        <source>Separated by commas</source>
        <translation>쉼표로 구분</translation>
    </message>
    <message>
        <source>From</source>
        <translation>보내는 사람</translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation>메일 서버</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>보안</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Webhook URL</source>
        <translation>웹훅 URL</translation>
    </message>
    <message>
        <source>In Slack: Apps, Incoming Webhooks, Add to a channel.</source>
        <translation>Slack에서: 앱, Incoming Webhooks, 채널에 추가.</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>It gets each alert as JSON by POST.</source>
        <translation>알림마다 JSON을 POST로 받습니다.</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Add header</source>
        <translation>헤더 추가</translation>
    </message>
    <message>
        <source>Remove header</source>
        <translation>헤더 제거</translation>
    </message>
    <message>
        <source>Signing secret</source>
        <translation>서명 비밀 키</translation>
    </message>
    <message>
        <source>Optional: signs each message, so it can be trusted.</source>
        <translation>선택 사항: 메시지마다 서명하여 믿을 수 있게 합니다.</translation>
    </message>
    <message>
        <source>Apprise URL</source>
        <translation>Apprise URL</translation>
    </message>
    <message>
        <source>For Telegram, Discord, ntfy and others: tgram://..., ntfy://...</source>
        <translation>Telegram, Discord, ntfy 등: tgram://..., ntfy://...</translation>
    </message>
</context>
<context>
    <name>ChannelForm</name>
    <message>
        <source>This is needed.</source>
        <translation>필요한 항목입니다.</translation>
    </message>
    <message>
        <source>Edit channel</source>
        <translation>채널 편집</translation>
    </message>
    <message>
        <source>Add channel</source>
        <translation>채널 추가</translation>
    </message>
    <message>
        <source>Send by</source>
        <translation>보내는 방법</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Secrets are kept on the server.</source>
        <translation>비밀 값은 서버에 보관됩니다.</translation>
    </message>
    <message>
        <source>Secrets are kept in this computer&apos;s keyring, else in a file only you can read.</source>
        <translation>비밀 정보는 이 컴퓨터의 키링에, 없으면 나만 읽을 수 있는 파일에 보관됩니다.</translation>
    </message>
    <message>
        <source>Send alerts to this channel</source>
        <translation>이 채널로 알림 보내기</translation>
    </message>
    <message>
        <source>Saving...</source>
        <translation>저장 중...</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
</context>
<context>
    <name>ChannelItem</name>
    <message>
        <source>On</source>
        <translation>켜짐</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>Sending...</source>
        <translation>보내는 중...</translation>
    </message>
    <message>
        <source>Send test</source>
        <translation>테스트 보내기</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Delete {name}? Its address and secrets are forgotten.</source>
        <translation>{name} 채널을 삭제할까요? 주소와 비밀 정보가 지워집니다.</translation>
    </message>
    <message>
        <source>Send alerts to {name}</source>
        <translation>{name} 채널로 알림 보내기</translation>
    </message>
    <message>
        <source>Send a test message to {name}</source>
        <translation>{name} 채널로 테스트 메시지 보내기</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>{name} 편집</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>{name} 삭제</translation>
    </message>
</context>
<context>
    <name>ChartLegend</name>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>outage</source>
        <translation>장애</translation>
    </message>
</context>
<context>
    <name>CheckLog</name>
    <message>
        <source>Last checks</source>
        <translation>최근 점검</translation>
    </message>
</context>
<context>
    <name>ColumnHeads</name>
    <message>
        <source>{column}, sorted upwards</source>
        <translation>{column}, 오름차순 정렬</translation>
    </message>
    <message>
        <source>{column}, sorted downwards</source>
        <translation>{column}, 내림차순 정렬</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>열 너비 초기화</translation>
    </message>
</context>
<context>
    <name>ComparisonView</name>
    <message>
        <source>Comparison of endpoints</source>
        <translation>엔드포인트 비교</translation>
    </message>
</context>
<context>
    <name>ConditionRow</name>
    <message>
        <source>What is looked at</source>
        <translation>확인 대상</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>비교 방법</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source> days</source>
        <translation>일</translation>
    </message>
</context>
<context>
    <name>ConnectionLight</name>
    <message>
        <source>Live</source>
        <comment>with little room</comment>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간 연결</translation>
    </message>
    <message>
        <source>Live - {latency}</source>
        <translation>실시간 - {latency}</translation>
    </message>
    <message>
        <source>Connecting...</source>
        <translation>연결 중...</translation>
    </message>
    <message>
        <source>In {seconds} s</source>
        <comment>until it tries again, with little room</comment>
        <translation>{seconds}초 후</translation>
    </message>
    <message>
        <source>Reconnecting, try {attempt}, in {seconds} s</source>
        <translation>{seconds}초 후 재연결 ({attempt}번째 시도)</translation>
    </message>
    <message>
        <source>Retry</source>
        <comment>to connect, with little room</comment>
        <translation>재연결</translation>
    </message>
    <message>
        <source>Disconnected - Reconnect now</source>
        <translation>연결 끊김 - 지금 다시 연결</translation>
    </message>
    <message>
        <source>Reconnecting, try {attempt}</source>
        <translation>재연결 중 ({attempt}번째 시도)</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>연결 끊김</translation>
    </message>
    <message>
        <source>Try {attempt} in {seconds} s - click to reconnect now</source>
        <translation>{seconds}초 후 {attempt}번째 시도 - 클릭하면 지금 다시 연결합니다</translation>
    </message>
    <message>
        <source>Server: {name}</source>
        <translation>서버: {name}</translation>
    </message>
    <message>
        <source>This token may only read.</source>
        <translation>이 토큰은 읽기만 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Connection: {words}</source>
        <translation>연결 상태: {words}</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n failure(s)</source>
        <translation>
            <numerusform>실패 %n회</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n check(s)</source>
        <translation>
            <numerusform>점검 %n회</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n endpoint(s)</source>
        <translation>
            <numerusform>엔드포인트 %n개 중</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n outage(s)</source>
        <translation>
            <numerusform>장애 %n건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n일</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) with failures</source>
        <translation>
            <numerusform>실패가 있던 날 %n일</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n개 선택됨</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>항목 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CredentialRows</name>
    <message>
        <source>Stored, not shown</source>
        <translation>저장됨, 표시하지 않음</translation>
    </message>
    <message>
        <source>Replace...</source>
        <translation>바꾸기...</translation>
    </message>
    <message>
        <source>Keep secret: {header}</source>
        <translation>비밀로 보관: {header}</translation>
    </message>
    <message>
        <source>A header for credentials is always kept secret</source>
        <translation>인증 헤더는 항상 비밀로 보관됩니다</translation>
    </message>
    <message>
        <source>Kept secret; replace it to change that</source>
        <translation>비밀로 보관 중입니다. 고치려면 값을 새로 입력하세요</translation>
    </message>
    <message>
        <source>Kept secret: not shown again once it is saved</source>
        <translation>비밀로 보관: 저장한 뒤에는 다시 표시되지 않습니다</translation>
    </message>
    <message>
        <source>Keep this value secret</source>
        <translation>이 값을 비밀로 보관</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>새 값</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>그대로 두기</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>no endpoints yet</source>
        <translation>아직 엔드포인트 없음</translation>
    </message>
    <message>
        <source>all good</source>
        <translation>모두 정상</translation>
    </message>
    <message>
        <source>slow: {names}</source>
        <translation>저하: {names}</translation>
    </message>
    <message>
        <source>all endpoints</source>
        <translation>전체 엔드포인트</translation>
    </message>
    <message>
        <source>Uptime, 24 h</source>
        <translation>가동률, 24시간</translation>
    </message>
    <message>
        <source>Active incidents</source>
        <translation>진행 중인 장애</translation>
    </message>
</context>
<context>
    <name>DeliveryLog</name>
    <message>
        <source>Delivery log</source>
        <translation>전송 기록</translation>
    </message>
</context>
<context>
    <name>EndpointForm</name>
    <message>
        <source>Not JSON: {why}</source>
        <translation>JSON 형식이 아닙니다: {why}</translation>
    </message>
    <message>
        <source>Must start with http:// or https://</source>
        <translation>http:// 또는 https://로 시작해야 합니다</translation>
    </message>
    <message>
        <source>Edit endpoint</source>
        <translation>엔드포인트 편집</translation>
    </message>
    <message>
        <source>Add endpoint</source>
        <translation>엔드포인트 추가</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Saving...</source>
        <translation>저장 중...</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Test now</source>
        <translation>지금 테스트</translation>
    </message>
    <message>
        <source>Ask once with these settings (Ctrl+Enter)</source>
        <translation>이 설정으로 한 번 요청해 봅니다 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>https://api.example.com/health, or a curl command</source>
        <translation>https://api.example.com/health 또는 curl 명령</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>메서드</translation>
    </message>
    <message>
        <source>Check every</source>
        <translation>점검 간격</translation>
    </message>
    <message>
        <source>Expected status code</source>
        <translation>기대 상태 코드</translation>
    </message>
    <message>
        <source>Time-out</source>
        <translation>제한 시간</translation>
    </message>
    <message>
        <source>Slow above</source>
        <translation>저하 기준</translation>
    </message>
    <message>
        <source>40 % of the time-out</source>
        <translation>제한 시간의 40 %</translation>
    </message>
    <message>
        <source>Check again after a failure</source>
        <translation>실패 후 재점검 간격</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Failures in a row until down</source>
        <translation>장애로 판단할 연속 실패 수</translation>
    </message>
    <message>
        <source>Successes in a row until up</source>
        <translation>정상으로 판단할 연속 성공 수</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>조건</translation>
    </message>
    <message>
        <source>All must hold, or the check has failed.</source>
        <translation>모두 만족해야 합니다. 하나라도 어긋나면 점검 실패입니다.</translation>
    </message>
    <message>
        <source>Add condition</source>
        <translation>조건 추가</translation>
    </message>
    <message>
        <source>Remove condition</source>
        <translation>조건 삭제</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>Credentials, and what you lock, are kept secret and not shown again.</source>
        <translation>인증 정보와 잠근 값은 비밀로 보관되며 다시 표시되지 않습니다.</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Add header</source>
        <translation>헤더 추가</translation>
    </message>
    <message>
        <source>Remove header</source>
        <translation>헤더 삭제</translation>
    </message>
    <message>
        <source>Body (JSON)</source>
        <translation>본문 (JSON)</translation>
    </message>
    <message>
        <source>{{secret:NAME}} stands for a secret of the preferences.</source>
        <translation>{{secret:이름}}은 환경설정에 보관한 비밀 정보를 뜻합니다.</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Separated by commas</source>
        <translation>쉼표로 구분합니다</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Verify the TLS certificate</source>
        <translation>TLS 인증서 검증</translation>
    </message>
    <message>
        <source>Follow redirects</source>
        <translation>리디렉션 따라가기</translation>
    </message>
    <message>
        <source>Check this endpoint</source>
        <translation>이 엔드포인트 점검</translation>
    </message>
</context>
<context>
    <name>EndpointHead</name>
    <message>
        <source>{count} of {threshold} failures</source>
        <translation>실패 {threshold}회 중 {count}회</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>재개</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Say that you know of it (A)</source>
        <translation>알고 있음을 알립니다 (A)</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>지금 점검</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Edit the endpoint (F2)</source>
        <translation>엔드포인트 편집 (F2)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>EndpointMenu</name>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>지금 점검</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>재개</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Copy URL</source>
        <translation>URL 복사</translation>
    </message>
    <message>
        <source>Copy URLs</source>
        <translation>URL 복사</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>EndpointPage</name>
    <message>
        <source>Loading checks...</source>
        <translation>점검 기록을 불러오는 중...</translation>
    </message>
    <message>
        <source>The checks could not be loaded.</source>
        <translation>점검 기록을 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Not checked yet.</source>
        <translation>아직 점검하지 않았습니다.</translation>
    </message>
    <message>
        <source>Last checks</source>
        <translation>최근 점검</translation>
    </message>
</context>
<context>
    <name>EndpointPanel</name>
    <message>
        <source>Loading endpoints...</source>
        <translation>엔드포인트를 불러오는 중...</translation>
    </message>
    <message>
        <source>No endpoint matches.</source>
        <translation>조건에 맞는 엔드포인트가 없습니다.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>필터 지우기</translation>
    </message>
    <message>
        <source>The endpoints could not be loaded.</source>
        <translation>엔드포인트를 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Nothing is watched yet. Add the URL of an API to begin.</source>
        <translation>아직 감시하는 대상이 없습니다. API의 URL을 추가해 시작하세요.</translation>
    </message>
    <message>
        <source>Add endpoint</source>
        <translation>엔드포인트 추가</translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation>예제로 시작</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>엔드포인트</translation>
    </message>
</context>
<context>
    <name>EndpointTiles</name>
    <message>
        <source>expired</source>
        <translation>만료됨</translation>
    </message>
    <message>
        <source>Expired on {date}</source>
        <translation>{date}에 만료됨</translation>
    </message>
    <message>
        <source>Ends soon: {date}</source>
        <translation>곧 만료: {date}</translation>
    </message>
    <message>
        <source>Valid until {date}</source>
        <translation>{date}까지 유효</translation>
    </message>
    <message>
        <source>Uptime, {period}</source>
        <translation>가동률, {period}</translation>
    </message>
    <message>
        <source>Last check</source>
        <translation>최근 점검</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>인증서</translation>
    </message>
</context>
<context>
    <name>EndpointView</name>
    <message>
        <source>Endpoints</source>
        <translation>엔드포인트</translation>
    </message>
</context>
<context>
    <name>EvidenceView</name>
    <message>
        <source>Asked</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>해석된 주소</translation>
    </message>
    <message>
        <source>Connected to</source>
        <translation>연결된 곳</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>응답</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>인증서</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>{url} (redirected)</source>
        <translation>{url} (리디렉션됨)</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>{subject}, by {issuer}, ended on {day}</source>
        <translation>{subject}, 발급 {issuer}, {day} 만료됨</translation>
    </message>
    <message>
        <source>{subject}, by {issuer}, until {day}</source>
        <translation>{subject}, 발급 {issuer}, {day}까지</translation>
    </message>
    <message>
        <source>Beginning of the body, {size} in all</source>
        <translation>본문 앞부분, 전체 {size}</translation>
    </message>
    <message>
        <source>Body, {size}</source>
        <translation>본문, {size}</translation>
    </message>
</context>
<context>
    <name>ExportSheet</name>
    <message>
        <source>{done} of {all}</source>
        <translation>{all}개 중 {done}개</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Endpoints, {n} chosen</source>
        <translation>엔드포인트, {n}개 선택</translation>
    </message>
    <message>
        <source>A file that Vigil reads back in, here or on another computer. Secrets stay here: sign-in and other private headers, and passwords in URLs, are left out.</source>
        <translation>이 컴퓨터나 다른 컴퓨터의 Vigil이 다시 읽을 수 있는 파일입니다. 비밀은 나가지 않습니다. 인증 등 비공개 헤더와 URL의 비밀번호는 빠집니다.</translation>
    </message>
    <message>
        <source>Every single check for a spreadsheet, newest first. Single checks are kept for 7 days.</source>
        <translation>모든 점검 결과를 최신순으로 담은 표입니다. 개별 점검 결과는 7일 동안 보관됩니다.</translation>
    </message>
    <message>
        <source>Uptime, response times and incidents on pages to print or send.</source>
        <translation>가동률, 응답 시간, 장애를 담아 인쇄하거나 보낼 수 있는 문서입니다.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Endpoints (JSON)</source>
        <translation>엔드포인트 (JSON)</translation>
    </message>
    <message>
        <source>Checks (CSV)</source>
        <translation>점검 결과 (CSV)</translation>
    </message>
    <message>
        <source>Report (PDF)</source>
        <translation>보고서 (PDF)</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>기간</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>모두 해제</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Endpoints to export</source>
        <translation>내보낼 엔드포인트</translation>
    </message>
    <message>
        <source>Save as...</source>
        <translation>다른 이름으로 저장...</translation>
    </message>
</context>
<context>
    <name>FileMenu</name>
    <message>
        <source>Import...</source>
        <translation>가져오기...</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>내보내기...</translation>
    </message>
    <message>
        <source>Report...</source>
        <translation>보고서...</translation>
    </message>
    <message>
        <source>Check everything now</source>
        <translation>모두 지금 점검</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Import, export and more</source>
        <translation>가져오기, 내보내기 등</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter by state</source>
        <translation>상태별 필터</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Added. The first check is under way...</source>
        <translation>추가했습니다. 첫 점검을 하는 중...</translation>
    </message>
    <message>
        <source>Type a URL, or skip this step</source>
        <translation>URL을 입력하거나 이 단계를 건너뛰세요</translation>
    </message>
    <message>
        <source>Step {number} of {count}</source>
        <translation>{count}단계 중 {number}단계</translation>
    </message>
    <message>
        <source>What should Vigil watch?</source>
        <translation>무엇을 지켜볼까요?</translation>
    </message>
    <message>
        <source>Give it the address of an API or a page. It is checked once a minute.</source>
        <translation>API나 페이지의 주소를 입력하세요. 1분마다 점검합니다.</translation>
    </message>
    <message>
        <source>How an outage reaches you</source>
        <translation>장애를 알리는 방법</translation>
    </message>
    <message>
        <source>While this window is not in front, Vigil tells of outages and recoveries by a notification of your system. Try whether one appears.</source>
        <translation>이 창이 맨 앞에 있지 않으면 Vigil은 장애와 복구를 시스템 알림으로 알립니다. 알림이 나타나는지 확인해 보세요.</translation>
    </message>
    <message>
        <source>Always there</source>
        <translation>항상 켜 두기</translation>
    </message>
    <message>
        <source>Vigil only sees what happens while it runs. It can start with you.</source>
        <translation>Vigil은 실행 중일 때만 지켜볼 수 있습니다. 로그인할 때 함께 시작할 수 있습니다.</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Send a test notification</source>
        <translation>테스트 알림 보내기</translation>
    </message>
    <message>
        <source>Start Vigil, minimized, when I log in</source>
        <translation>로그인할 때 Vigil을 최소화하여 시작</translation>
    </message>
    <message>
        <source>Skip all</source>
        <translation>모두 건너뛰기</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>건너뛰기</translation>
    </message>
    <message>
        <source>Watch it</source>
        <translation>지켜보기</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Search endpoints</source>
        <translation>엔드포인트 검색</translation>
    </message>
    <message>
        <source>Name, URL or tag; tag:payments finds one tag alone</source>
        <translation>이름, URL 또는 태그. tag:payments는 그 태그만 찾습니다</translation>
    </message>
    <message>
        <source>Add endpoint</source>
        <translation>엔드포인트 추가</translation>
    </message>
    <message>
        <source>Add an endpoint (Ctrl+N)</source>
        <translation>엔드포인트 추가 (Ctrl+N)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Click to resume them now</source>
        <translation>누르면 지금 다시 시작합니다</translation>
    </message>
</context>
<context>
    <name>HealthCard</name>
    <message>
        <source>The backend does not say how it is</source>
        <translation>백엔드가 자기 상태를 알려 주지 않습니다</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Asking the backend...</source>
        <translation>백엔드에 묻는 중...</translation>
    </message>
    <message>
        <source>Health of Vigil</source>
        <translation>Vigil 상태</translation>
    </message>
    <message>
        <source>Delay in the backend</source>
        <translation>백엔드 지연</translation>
    </message>
    <message>
        <source>Delay in the window</source>
        <translation>창 지연</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Last backup</source>
        <translation>마지막 백업</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>비밀 정보</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>가동 시간</translation>
    </message>
    <message>
        <source>All is well</source>
        <translation>모두 정상입니다</translation>
    </message>
    <message>
        <source>usually {p50}, rarely {p99}</source>
        <translation>보통 {p50}, 드물게 {p99}</translation>
    </message>
    <message>
        <source>{now} under way, {waiting} waiting, {late} of {all} began late</source>
        <translation>진행 {now}, 대기 {waiting}, 점검 {all}회 중 {late}회 늦게 시작</translation>
    </message>
    <message>
        <source>{size}, {free} of the disk free</source>
        <translation>{size}, 디스크 여유 {free}</translation>
    </message>
    <message>
        <source>{waiting} waiting, {failed} given up in 24 h</source>
        <translation>대기 {waiting}, 24시간 내 포기 {failed}</translation>
    </message>
    <message>
        <source>reconnected: {reconnects}, gaps mended: {gaps}</source>
        <translation>재연결 {reconnects}회, 누락 복구 {gaps}회</translation>
    </message>
    <message>
        <source>None yet: the first is made soon</source>
        <translation>아직 없음: 곧 첫 백업을 만듭니다</translation>
    </message>
    <message>
        <source>{time}, verified; {count} kept</source>
        <translation>{time}, 검증됨, {count}개 보관</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message>
        <source>Reading...</source>
        <translation>읽는 중...</translation>
    </message>
    <message>
        <source>{done} of {all}</source>
        <translation>{all}개 중 {done}개</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Another file...</source>
        <translation>다른 파일...</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>모두 해제</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
</context>
<context>
    <name>ImportView</name>
    <message>
        <source>What would be imported</source>
        <translation>가져올 내용</translation>
    </message>
</context>
<context>
    <name>IncidentActions</name>
    <message>
        <source>For 15 minutes</source>
        <translation>15분 동안</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>1시간 동안</translation>
    </message>
    <message>
        <source>Until it recovers</source>
        <translation>복구될 때까지</translation>
    </message>
    <message>
        <source>Until a time...</source>
        <translation>시각 지정...</translation>
    </message>
    <message>
        <source>Note: at most {count} characters</source>
        <translation>메모: 최대 {count}자</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Say that you know of it (A)</source>
        <translation>알고 있음을 알립니다 (A)</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>다시 알림 미루기</translation>
    </message>
    <message>
        <source>Be reminded later (S)</source>
        <translation>나중에 다시 알립니다 (S)</translation>
    </message>
    <message>
        <source>Open endpoint</source>
        <translation>엔드포인트 열기</translation>
    </message>
    <message>
        <source>End snooze</source>
        <translation>미루기 끝내기</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Snooze until</source>
        <translation>미룰 시각</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>What is known, who is on it (N)</source>
        <translation>알려진 내용, 맡은 사람 (N)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Save the note (Ctrl+Enter)</source>
        <translation>메모 저장 (Ctrl+Enter)</translation>
    </message>
</context>
<context>
    <name>IncidentDetail</name>
    <message>
        <source>Began {when} - {length}</source>
        <translation>{when} 시작 - {length}</translation>
    </message>
    <message>
        <source>The incident could not be loaded.</source>
        <translation>장애를 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Loading the incident...</source>
        <translation>장애를 불러오는 중...</translation>
    </message>
    <message>
        <source>Choose an incident to see how it began.</source>
        <translation>장애를 선택하면 어떻게 시작됐는지 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>How it began</source>
        <translation>시작 당시</translation>
    </message>
    <message>
        <source>Last checks</source>
        <translation>최근 점검</translation>
    </message>
    <message>
        <source>What was seen at the first failure is no longer kept.</source>
        <translation>첫 실패 때의 기록이 더는 남아 있지 않습니다.</translation>
    </message>
</context>
<context>
    <name>IncidentFilterBar</name>
    <message>
        <source>All endpoints</source>
        <translation>전체 엔드포인트</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>엔드포인트</translation>
    </message>
    <message>
        <source>Search incidents</source>
        <translation>장애 검색</translation>
    </message>
</context>
<context>
    <name>IncidentPanel</name>
    <message>
        <source>Loading incidents...</source>
        <translation>장애 기록을 불러오는 중...</translation>
    </message>
    <message>
        <source>The incidents could not be loaded.</source>
        <translation>장애 기록을 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>No incidents.</source>
        <translation>장애가 없습니다.</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>장애</translation>
    </message>
</context>
<context>
    <name>IncidentsPage</name>
    <message>
        <source>Loading incidents...</source>
        <translation>장애 기록을 불러오는 중...</translation>
    </message>
    <message>
        <source>No incident matches.</source>
        <translation>조건에 맞는 장애가 없습니다.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>필터 지우기</translation>
    </message>
    <message>
        <source>The incidents could not be loaded.</source>
        <translation>장애 기록을 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>No incidents. Nothing has been down so far.</source>
        <translation>장애가 없습니다. 지금까지 모두 정상입니다.</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>장애</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Add an endpoint</source>
        <translation>엔드포인트 추가</translation>
    </message>
    <message>
        <source>Search endpoints</source>
        <translation>엔드포인트 검색</translation>
    </message>
    <message>
        <source>Check everything now</source>
        <translation>모두 지금 점검</translation>
    </message>
    <message>
        <source>Dashboard; Ctrl+2 to Ctrl+5 the pages under it</source>
        <translation>대시보드, Ctrl+2부터 Ctrl+5까지는 그 아래 페이지</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>환경설정</translation>
    </message>
    <message>
        <source>Undo what a message offers to undo</source>
        <translation>메시지가 제안하는 실행 취소</translation>
    </message>
    <message>
        <source>Into the newest message; again for the one before, Esc back</source>
        <translation>가장 새 메시지로 이동, 다시 누르면 그 전 메시지, Esc로 돌아감</translation>
    </message>
    <message>
        <source>Import endpoints from a file</source>
        <translation>파일에서 엔드포인트 가져오기</translation>
    </message>
    <message>
        <source>Export endpoints or checks</source>
        <translation>엔드포인트 또는 점검 결과 내보내기</translation>
    </message>
    <message>
        <source>Report for a period</source>
        <translation>기간 보고서</translation>
    </message>
    <message>
        <source>Back from an endpoint</source>
        <translation>엔드포인트에서 뒤로</translation>
    </message>
    <message>
        <source>These keys; Ctrl+? as well</source>
        <translation>이 단축키 목록, Ctrl+?도 같음</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Open the endpoint</source>
        <translation>엔드포인트 열기</translation>
    </message>
    <message>
        <source>Edit the endpoint</source>
        <translation>엔드포인트 편집</translation>
    </message>
    <message>
        <source>Check the selected endpoints now</source>
        <translation>선택한 엔드포인트 지금 점검</translation>
    </message>
    <message>
        <source>Pause or resume them</source>
        <translation>일시 중지 또는 재개</translation>
    </message>
    <message>
        <source>Delete them; it can be undone</source>
        <translation>삭제, 실행 취소 가능</translation>
    </message>
    <message>
        <source>Copy their URLs</source>
        <translation>URL 복사</translation>
    </message>
    <message>
        <source>Everything that can be done with them</source>
        <translation>할 수 있는 모든 작업</translation>
    </message>
    <message>
        <source>First row; End the last</source>
        <translation>첫 행, End는 마지막 행</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Tag several selected ones</source>
        <translation>선택한 여러 항목에 태그 붙이기</translation>
    </message>
    <message>
        <source>Set their interval</source>
        <translation>선택한 항목의 점검 간격 정하기</translation>
    </message>
    <message>
        <source>The heading before; → the one after</source>
        <translation>이전 머리글, →는 다음 머리글</translation>
    </message>
    <message>
        <source>A narrower column; Shift+→ a wider one</source>
        <translation>열을 좁게, Shift+→는 넓게</translation>
    </message>
    <message>
        <source>In a chart: the point before; → the one after</source>
        <translation>차트에서 이전 지점, →는 다음 지점</translation>
    </message>
    <message>
        <source>Sort by it; again for the other way round</source>
        <translation>이 열로 정렬, 다시 누르면 반대 순서</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>알림 미루기</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>메모 쓰기</translation>
    </message>
    <message>
        <source>Next field or button; Shift+Tab the one before</source>
        <translation>다음 입력란이나 버튼, Shift+Tab은 이전</translation>
    </message>
    <message>
        <source>Close a sheet, clear the search</source>
        <translation>시트 닫기, 검색어 지우기</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>어디서나</translation>
    </message>
    <message>
        <source>In a list of endpoints</source>
        <translation>엔드포인트 목록에서</translation>
    </message>
    <message>
        <source>On the heading of a list</source>
        <translation>목록의 머리글에서</translation>
    </message>
    <message>
        <source>On an incident</source>
        <translation>장애 항목에서</translation>
    </message>
    <message>
        <source>In forms and charts</source>
        <translation>양식과 차트에서</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Loading...</source>
        <translation>불러오는 중...</translation>
    </message>
</context>
<context>
    <name>NotificationsPage</name>
    <message>
        <source>Loading channels...</source>
        <translation>채널을 불러오는 중...</translation>
    </message>
    <message>
        <source>The channels could not be loaded.</source>
        <translation>채널을 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>No channel yet: alerts are shown on this computer only.</source>
        <translation>아직 채널이 없습니다. 알림은 이 컴퓨터에만 표시됩니다.</translation>
    </message>
    <message>
        <source>Add channel</source>
        <translation>채널 추가</translation>
    </message>
    <message>
        <source>Loading the delivery log...</source>
        <translation>전송 기록을 불러오는 중...</translation>
    </message>
    <message>
        <source>The delivery log could not be loaded.</source>
        <translation>전송 기록을 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Nothing has been sent so far.</source>
        <translation>아직 보낸 알림이 없습니다.</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Delivery log</source>
        <translation>전송 기록</translation>
    </message>
    <message>
        <source>Passwords and secret addresses are kept on the server, and never shown again.</source>
        <translation>비밀번호와 비밀 주소는 서버에 보관되며 다시 표시되지 않습니다.</translation>
    </message>
    <message>
        <source>Passwords and secret addresses are kept in this computer&apos;s keyring, or where there is none in a file that only you can read. They are never shown again.</source>
        <translation>비밀번호와 비밀 주소는 이 컴퓨터의 키링에, 키링이 없으면 나만 읽을 수 있는 파일에 보관되며 다시 표시되지 않습니다.</translation>
    </message>
</context>
<context>
    <name>PeriodPicker</name>
    <message>
        <source>Period</source>
        <translation>기간</translation>
    </message>
</context>
<context>
    <name>PolicyFields</name>
    <message>
        <source>Choose at least one.</source>
        <translation>하나 이상 선택하세요.</translation>
    </message>
    <message>
        <source>A recovery is told only where Down or Slow was told.</source>
        <translation>복구는 장애나 저하를 알린 채널에만 알립니다.</translation>
    </message>
    <message>
        <source>Write times as 22:00.</source>
        <translation>시간은 22:00처럼 입력하세요.</translation>
    </message>
    <message>
        <source>Quiet hours must not end when they start.</source>
        <translation>방해 금지 시간의 시작과 끝이 같을 수 없습니다.</translation>
    </message>
    <message>
        <source>What it is told</source>
        <translation>알리는 내용</translation>
    </message>
    <message>
        <source>Send when</source>
        <translation>보낼 때</translation>
    </message>
    <message>
        <source>Only endpoints with these tags</source>
        <translation>이 태그가 있는 엔드포인트만</translation>
    </message>
    <message>
        <source>Separated by commas; empty for all endpoints</source>
        <translation>쉼표로 구분, 비워 두면 모든 엔드포인트</translation>
    </message>
    <message>
        <source>Remind while still down, every</source>
        <translation>장애가 이어지면 다시 알림</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source> min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>Quiet hours: send nothing between</source>
        <translation>방해 금지 시간: 이 시간에는 보내지 않음</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>방해 금지 시작</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>방해 금지 끝</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>시간대</translation>
    </message>
</context>
<context>
    <name>PreferencesPage</name>
    <message>
        <source>Appearance</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Starting and closing</source>
        <translation>시작과 종료</translation>
    </message>
    <message>
        <source>Desktop notifications</source>
        <translation>데스크톱 알림</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>New versions</source>
        <translation>새 버전</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>글자 크기</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>애니메이션</translation>
    </message>
    <message>
        <source>Tries before giving up</source>
        <translation>재연결 시도 횟수</translation>
    </message>
    <message>
        <source>Delay before the first try</source>
        <translation>첫 시도까지의 지연</translation>
    </message>
    <message>
        <source>Longest delay between tries</source>
        <translation>시도 사이의 최대 지연</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>행 간격 좁게</translation>
    </message>
    <message>
        <source>Start Vigil, minimized, when I log in</source>
        <translation>로그인할 때 Vigil을 최소화하여 시작</translation>
    </message>
    <message>
        <source>Open the window minimized at every start</source>
        <translation>시작할 때 항상 창을 최소화</translation>
    </message>
    <message>
        <source>Keep running in the tray when the window is closed</source>
        <translation>창을 닫아도 트레이에서 계속 실행</translation>
    </message>
    <message>
        <source>Ask {host} once a day and say when there is one</source>
        <translation>하루에 한 번 {host}에 확인해서 새 버전이 있으면 알림</translation>
    </message>
    <message>
        <source>Start a Vigil that joins {server}, minimized, when I log in</source>
        <translation>로그인할 때 {server}에 연결하는 Vigil을 최소화하여 시작</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>줄임</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>모두</translation>
    </message>
</context>
<context>
    <name>QuietPanel</name>
    <message>
        <source>Pause alerts</source>
        <translation>알림 일시 중지</translation>
    </message>
    <message>
        <source>Resume alerts</source>
        <translation>알림 다시 시작</translation>
    </message>
    <message>
        <source>Send a test notification</source>
        <translation>테스트 알림 보내기</translation>
    </message>
</context>
<context>
    <name>ResponseChart</name>
    <message>
        <source>Response times</source>
        <translation>응답 시간</translation>
    </message>
</context>
<context>
    <name>ResponsePanel</name>
    <message>
        <source>Loading response times...</source>
        <translation>응답 시간을 불러오는 중...</translation>
    </message>
    <message>
        <source>The response times could not be loaded.</source>
        <translation>응답 시간을 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>No response times in this period yet.</source>
        <translation>이 기간에는 아직 응답 시간이 없습니다.</translation>
    </message>
    <message>
        <source>Response time</source>
        <translation>응답 시간</translation>
    </message>
    <message>
        <source>all endpoints</source>
        <translation>전체 엔드포인트</translation>
    </message>
    <message>
        <source>Response time - {name}</source>
        <translation>응답 시간 - {name}</translation>
    </message>
    <message>
        <source>Whole period</source>
        <translation>전체 기간</translation>
    </message>
</context>
<context>
    <name>SearchEdit</name>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
</context>
<context>
    <name>SecretEdit</name>
    <message>
        <source>Stored, not shown</source>
        <translation>저장됨, 표시하지 않음</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Keep the stored one</source>
        <translation>저장된 값 유지</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>숨기기</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Replace: {field}</source>
        <translation>바꾸기: {field}</translation>
    </message>
</context>
<context>
    <name>SecretItem</name>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy what stands for it in an endpoint</source>
        <translation>엔드포인트에 적을 표기를 복사합니다</translation>
    </message>
    <message>
        <source>Copy {name}</source>
        <translation>{name} 복사</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Replace {name}</source>
        <translation>{name} 바꾸기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>{name} 삭제</translation>
    </message>
    <message>
        <source>New value of {name}</source>
        <translation>{name}의 새 값</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>새 값</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>Delete {name}? Its value is forgotten for good.</source>
        <translation>{name}을(를) 삭제할까요? 값이 영구히 지워집니다.</translation>
    </message>
    <message>
        <source>Who uses it is not checked or told any more without it.</source>
        <translation>이 값이 없으면 사용 중인 엔드포인트는 점검되지 않고 채널은 알림을 받지 못합니다.</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>사용하지 않음</translation>
    </message>
    <message>
        <source>Used by {names} and {count} more</source>
        <translation>사용: {names} 외 {count}개</translation>
    </message>
    <message>
        <source>Used by {names}</source>
        <translation>사용: {names}</translation>
    </message>
</context>
<context>
    <name>SecretsCard</name>
    <message>
        <source>Type the value</source>
        <translation>값을 입력하세요</translation>
    </message>
    <message>
        <source>Letters, digits, and . _ - only</source>
        <translation>영문자, 숫자, . _ - 만 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>Names that begin with {made} are given by Vigil</source>
        <translation>{made}(으)로 시작하는 이름은 Vigil이 사용합니다</translation>
    </message>
    <message>
        <source>There is a secret of that name: replace it instead</source>
        <translation>같은 이름의 비밀 정보가 있습니다. 그 값을 바꾸세요</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>비밀 정보</translation>
    </message>
    <message>
        <source>{reference} in a header, a body or an address stands for the value.</source>
        <translation>헤더, 본문, 주소에 {reference}라고 적으면 값이 대신 들어갑니다.</translation>
    </message>
    <message>
        <source>Add secret</source>
        <translation>비밀 정보 추가</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>It is not shown again.</source>
        <translation>다시 표시되지 않습니다.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Discard what you changed?</source>
        <translation>변경한 내용을 버릴까요?</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>계속 편집</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
</context>
<context>
    <name>SpanPopup</name>
    <message>
        <source>It must end after it begins</source>
        <translation>끝은 시작보다 뒤여야 합니다</translation>
    </message>
    <message>
        <source>From</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>To</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
</context>
<context>
    <name>StatisticsPage</name>
    <message>
        <source>All endpoints</source>
        <translation>전체 엔드포인트</translation>
    </message>
    <message>
        <source>Loading the comparison...</source>
        <translation>비교를 불러오는 중...</translation>
    </message>
    <message>
        <source>The comparison could not be loaded.</source>
        <translation>비교를 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Nothing to compare yet. Add an endpoint to begin.</source>
        <translation>아직 비교할 것이 없습니다. 엔드포인트를 추가해 시작하세요.</translation>
    </message>
    <message>
        <source>Add endpoint</source>
        <translation>엔드포인트 추가</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Median (p50)</source>
        <translation>중앙값 (p50)</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>최소</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>엔드포인트</translation>
    </message>
    <message>
        <source>Comparison, {period}</source>
        <translation>비교, {period}</translation>
    </message>
    <message>
        <source>Stability: 60 % uptime, 30 % response time, 10 % incidents</source>
        <translation>안정성: 가동률 60 %, 응답 시간 30 %, 장애 10 %</translation>
    </message>
</context>
<context>
    <name>ToastCard</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ToastStack</name>
    <message>
        <source>+{count} more</source>
        <translation>+{count}개 더</translation>
    </message>
</context>
<context>
    <name>TokenSheet</name>
    <message>
        <source>Join a server</source>
        <translation>서버에 연결</translation>
    </message>
    <message>
        <source>The server does not take the token any more.</source>
        <translation>서버가 이 토큰을 더 이상 받아들이지 않습니다.</translation>
    </message>
    <message>
        <source>To join {server} you need one of its tokens.</source>
        <translation>{server}에 연결하려면 이 서버의 토큰이 필요합니다.</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keyring, or where there is none in a file that only you can read.</source>
        <translation>토큰은 이 컴퓨터의 키링에 보관되며, 키링이 없으면 본인만 읽을 수 있는 파일에 보관됩니다.</translation>
    </message>
    <message>
        <source>Whoever runs the server makes one with: {command}</source>
        <translation>토큰은 서버 관리자가 다음 명령으로 만듭니다: {command}</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>연결</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>Open Vigil</source>
        <translation>Vigil 열기</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>환경설정</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
</context>
<context>
    <name>TrialPanel</name>
    <message>
        <source>Added to the conditions: {path}</source>
        <translation>조건에 추가함: {path}</translation>
    </message>
    <message>
        <source>Testing...</source>
        <translation>테스트 중...</translation>
    </message>
    <message>
        <source>Not tested</source>
        <translation>테스트하지 못함</translation>
    </message>
    <message>
        <source>Beginning of the body</source>
        <translation>본문 앞부분</translation>
    </message>
    <message>
        <source>It answers as expected.</source>
        <translation>예상대로 응답합니다.</translation>
    </message>
    <message>
        <source>It answers, but slowly.</source>
        <translation>응답하지만 느립니다.</translation>
    </message>
    <message>
        <source>Redirected to {url}</source>
        <translation>{url}(으)로 이동됨</translation>
    </message>
    <message>
        <source>{held} of {all} conditions hold</source>
        <translation>조건 {all}개 중 {held}개 만족</translation>
    </message>
    <message>
        <source>Beginning of the body, {size} in all</source>
        <translation>본문 앞부분, 전체 {size}</translation>
    </message>
    <message>
        <source>Body, {size}</source>
        <translation>본문, {size}</translation>
    </message>
    <message>
        <source>click a value to make it a condition</source>
        <translation>값을 클릭하면 조건이 됩니다</translation>
    </message>
</context>
<context>
    <name>UptimeBar</name>
    <message>
        <source>Uptime by day</source>
        <translation>날짜별 가동률</translation>
    </message>
</context>
<context>
    <name>UptimePanel</name>
    <message>
        <source>The days could not be loaded.</source>
        <translation>날짜별 기록을 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Loading days...</source>
        <translation>날짜별 기록을 불러오는 중...</translation>
    </message>
    <message>
        <source>Uptime, {days}</source>
        <translation>가동률, {days}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
</context>
<context>
    <name>causes</name>
    <message>
        <source>❌ {count} endpoints on {subject} are down</source>
        <translation>❌ {subject}의 엔드포인트 {count}개 장애 발생</translation>
    </message>
    <message>
        <source>❌ {count} endpoints at {subject} are down</source>
        <translation>❌ {subject} 주소의 엔드포인트 {count}개 장애 발생</translation>
    </message>
    <message>
        <source>❌ {count} endpoints are down: their names are not found</source>
        <translation>❌ 엔드포인트 {count}개 장애 발생: 이름을 찾을 수 없음</translation>
    </message>
    <message>
        <source>❌ {count} endpoints are down: {subject}</source>
        <translation>❌ 엔드포인트 {count}개 장애 발생: {subject}</translation>
    </message>
    <message>
        <source>❌ {count} endpoints tagged {subject} are down</source>
        <translation>❌ {subject} 태그의 엔드포인트 {count}개 장애 발생</translation>
    </message>
    <message>
        <source>✨ {count} endpoints on {subject} have recovered</source>
        <translation>✨ {subject}의 엔드포인트 {count}개 복구됨</translation>
    </message>
    <message>
        <source>✨ {count} endpoints at {subject} have recovered</source>
        <translation>✨ {subject} 주소의 엔드포인트 {count}개 복구됨</translation>
    </message>
    <message>
        <source>✨ {count} endpoints tagged {subject} have recovered</source>
        <translation>✨ {subject} 태그의 엔드포인트 {count}개 복구됨</translation>
    </message>
</context>
<context>
    <name>channels</name>
    <message>
        <source>E-mail</source>
        <translation>이메일</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>웹훅</translation>
    </message>
    <message>
        <source>Other (Apprise URL)</source>
        <translation>기타 (Apprise URL)</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>장애</translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation>복구</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>저하</translation>
    </message>
    <message>
        <source>Tags: {tags}</source>
        <translation>태그: {tags}</translation>
    </message>
    <message>
        <source>Quiet {start}-{end} ({zone})</source>
        <translation>방해 금지 {start}-{end} ({zone})</translation>
    </message>
    <message>
        <source>Reminder every {span}</source>
        <translation>{span}마다 다시 알림</translation>
    </message>
    <message>
        <source>Nothing sent yet</source>
        <translation>아직 보낸 알림 없음</translation>
    </message>
    <message>
        <source>{state} {time}</source>
        <translation>{state} {time}</translation>
    </message>
    <message>
        <source>Still down</source>
        <translation>장애 지속</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>복구됨</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>종료됨</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>전송 중</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>전송됨</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>보내지 않음</translation>
    </message>
    <message>
        <source>Told with its end</source>
        <translation>종료와 함께 알림</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>포기함</translation>
    </message>
    <message>
        <source>next try {time}</source>
        <translation>다음 시도 {time}</translation>
    </message>
    <message>
        <source>The mail server answered {code}</source>
        <translation>메일 서버 응답 {code}</translation>
    </message>
    <message>
        <source>The server answered {code}</source>
        <translation>서버 응답 {code}</translation>
    </message>
    <message>
        <source>The channel is switched off</source>
        <translation>채널이 꺼져 있습니다</translation>
    </message>
    <message>
        <source>Overtaken by what happened next</source>
        <translation>이후 상황이 먼저 전해졌습니다</translation>
    </message>
    <message>
        <source>The beginning was not told either</source>
        <translation>시작도 알리지 않았습니다</translation>
    </message>
    <message>
        <source>Told together with its end</source>
        <translation>종료와 함께 알렸습니다</translation>
    </message>
    <message>
        <source>Over before it was told</source>
        <translation>알리기 전에 끝났습니다</translation>
    </message>
    <message>
        <source>The mail server closed the connection</source>
        <translation>메일 서버가 연결을 끊었습니다</translation>
    </message>
    <message>
        <source>This is no URL that Apprise knows</source>
        <translation>Apprise가 모르는 URL입니다</translation>
    </message>
    <message>
        <source>{target} took the test message ({latency})</source>
        <translation>{target}: 테스트 메시지를 받았습니다 ({latency})</translation>
    </message>
    <message>
        <source>{target}: {error}</source>
        <translation>{target}: {error}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>엔드포인트</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>시도</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
</context>
<context>
    <name>chart_phrases</name>
    <message>
        <source>{s} s</source>
        <translation>{s}초</translation>
    </message>
    <message>
        <source>{month} {day}</source>
        <translation>{month} {day}일</translation>
    </message>
    <message>
        <source>outage since {start} ({span})</source>
        <translation>{start}부터 장애 ({span})</translation>
    </message>
    <message>
        <source>outage {start} - {end} ({span})</source>
        <translation>장애 {start} - {end} ({span})</translation>
    </message>
    <message>
        <source>p50  {value}</source>
        <translation>p50  {value}</translation>
    </message>
    <message>
        <source>p95  {value}</source>
        <translation>p95  {value}</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>외 {count}건</translation>
    </message>
    <message>
        <source>No response times.</source>
        <translation>응답 시간이 없습니다.</translation>
    </message>
    <message>
        <source>From {start} to {end}: median from {low} to {high}, last {last}; p95 at most {p95}.</source>
        <translation>{start}부터 {end}까지: 중앙값 {low}~{high}, 마지막 {last}, p95 최대 {p95}.</translation>
    </message>
    <message>
        <source>{day}: no data</source>
        <translation>{day}: 기록 없음</translation>
    </message>
    <message>
        <source>down {span}</source>
        <translation>장애 {span}</translation>
    </message>
    <message>
        <source>No data yet.</source>
        <translation>아직 기록이 없습니다.</translation>
    </message>
    <message>
        <source>{known} of {days} known</source>
        <translation>{days} 중 {known}일 기록됨</translation>
    </message>
    <message>
        <source>the worst was {day}</source>
        <translation>가장 나빴던 날은 {day}</translation>
    </message>
    <message>
        <source>no failures</source>
        <translation>실패 없음</translation>
    </message>
</context>
<context>
    <name>conditions</name>
    <message>
        <source>Status code</source>
        <translation>상태 코드</translation>
    </message>
    <message>
        <source>Response time</source>
        <translation>응답 시간</translation>
    </message>
    <message>
        <source>Body text</source>
        <translation>본문 텍스트</translation>
    </message>
    <message>
        <source>JSON value</source>
        <translation>JSON 값</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>인증서</translation>
    </message>
    <message>
        <source>Codes, such as 200-299, 304</source>
        <translation>코드 (예: 200-299, 304)</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>JSONPath, such as $.status</source>
        <translation>JSONPath (예: $.status)</translation>
    </message>
    <message>
        <source>Name of the header</source>
        <translation>헤더 이름</translation>
    </message>
    <message>
        <source>Valid for at least</source>
        <translation>남은 유효 기간 최소</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>꼭 필요한 값입니다.</translation>
    </message>
    <message>
        <source>Must be a status such as 204, or a range such as 200-299</source>
        <translation>204 같은 상태 코드나 200-299 같은 범위여야 합니다</translation>
    </message>
    <message>
        <source>Must be a number for this comparison</source>
        <translation>이 비교에는 숫자가 필요합니다</translation>
    </message>
    <message>
        <source>equals</source>
        <translation>같음</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>같지 않음</translation>
    </message>
    <message>
        <source>is more than</source>
        <translation>초과</translation>
    </message>
    <message>
        <source>is at least</source>
        <translation>이상</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>미만</translation>
    </message>
    <message>
        <source>is at most</source>
        <translation>이하</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>포함</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>포함하지 않음</translation>
    </message>
    <message>
        <source>matches</source>
        <translation>정규식 일치</translation>
    </message>
    <message>
        <source>does not match</source>
        <translation>정규식 불일치</translation>
    </message>
    <message>
        <source>is there</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>failures</name>
    <message>
        <source>Timeout exceeded</source>
        <translation>제한 시간 초과</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>연결이 거부됨</translation>
    </message>
    <message>
        <source>Connection reset</source>
        <translation>연결이 재설정됨</translation>
    </message>
    <message>
        <source>Connection aborted</source>
        <translation>연결이 중단됨</translation>
    </message>
    <message>
        <source>Connection closed by the server</source>
        <translation>서버가 연결을 닫음</translation>
    </message>
    <message>
        <source>Connection closed before an answer</source>
        <translation>응답 전에 연결이 닫힘</translation>
    </message>
    <message>
        <source>Host unreachable</source>
        <translation>호스트에 연결할 수 없음</translation>
    </message>
    <message>
        <source>Network unreachable</source>
        <translation>네트워크에 연결할 수 없음</translation>
    </message>
    <message>
        <source>no such name</source>
        <translation>없는 이름</translation>
    </message>
    <message>
        <source>the name server does not answer</source>
        <translation>이름 서버가 응답하지 않음</translation>
    </message>
    <message>
        <source>Too many names are being looked up</source>
        <translation>이름 조회가 너무 많음</translation>
    </message>
    <message>
        <source>TLS certificate expired</source>
        <translation>TLS 인증서 만료됨</translation>
    </message>
    <message>
        <source>TLS certificate is not valid yet</source>
        <translation>TLS 인증서의 유효 기간이 아직 시작되지 않음</translation>
    </message>
    <message>
        <source>TLS certificate is self-signed</source>
        <translation>자체 서명된 TLS 인증서</translation>
    </message>
    <message>
        <source>TLS certificate chain ends in a self-signed certificate that is not trusted</source>
        <translation>TLS 인증서 체인이 신뢰할 수 없는 자체 서명 인증서로 끝남</translation>
    </message>
    <message>
        <source>TLS certificate comes from an issuer that is not trusted</source>
        <translation>신뢰할 수 없는 발급자의 TLS 인증서</translation>
    </message>
    <message>
        <source>TLS certificate is for another host</source>
        <translation>다른 호스트의 TLS 인증서</translation>
    </message>
    <message>
        <source>TLS certificate is for another IP address</source>
        <translation>다른 IP 주소의 TLS 인증서</translation>
    </message>
    <message>
        <source>The server does not speak TLS on this port</source>
        <translation>서버가 이 포트에서 TLS를 지원하지 않음</translation>
    </message>
    <message>
        <source>The server only speaks a version of TLS that is no longer safe</source>
        <translation>서버가 더 이상 안전하지 않은 TLS 버전만 지원함</translation>
    </message>
    <message>
        <source>The server&apos;s key exchange is no longer safe</source>
        <translation>서버의 키 교환 방식이 더 이상 안전하지 않음</translation>
    </message>
    <message>
        <source>The server does not speak HTTP/1.1</source>
        <translation>서버가 HTTP/1.1을 지원하지 않음</translation>
    </message>
    <message>
        <source>The server asks for a client certificate</source>
        <translation>서버가 클라이언트 인증서를 요구함</translation>
    </message>
    <message>
        <source>The server closed the connection within the TLS handshake</source>
        <translation>TLS 핸드셰이크 중에 서버가 연결을 닫음</translation>
    </message>
    <message>
        <source>The server expects TLS: the address must be https</source>
        <translation>서버가 TLS를 요구함: 주소는 https여야 함</translation>
    </message>
    <message>
        <source>The server speaks HTTP/2 only</source>
        <translation>서버가 HTTP/2만 지원함</translation>
    </message>
    <message>
        <source>The response headers are too large</source>
        <translation>응답 헤더가 너무 큼</translation>
    </message>
    <message>
        <source>Redirected to an invalid address</source>
        <translation>올바르지 않은 주소로 리디렉션됨</translation>
    </message>
    <message>
        <source>Redirected to an address that is neither http nor https</source>
        <translation>http도 https도 아닌 주소로 리디렉션됨</translation>
    </message>
    <message>
        <source>The server&apos;s answer is not valid HTTP</source>
        <translation>서버의 응답이 올바른 HTTP가 아님</translation>
    </message>
    <message>
        <source>The compressed body is damaged</source>
        <translation>압축된 본문이 손상됨</translation>
    </message>
    <message>
        <source>The answer was cut short</source>
        <translation>응답이 중간에 끊김</translation>
    </message>
    <message>
        <source>Response body larger than 10 MB</source>
        <translation>응답 본문이 10 MB를 초과함</translation>
    </message>
    <message>
        <source>The URL is not valid</source>
        <translation>올바르지 않은 URL</translation>
    </message>
    <message>
        <source>Body is not JSON</source>
        <translation>본문이 JSON이 아님</translation>
    </message>
    <message>
        <source>Body is JSON nested too deeply</source>
        <translation>본문의 JSON이 너무 깊게 중첩됨</translation>
    </message>
    <message>
        <source>Body is JSON with too much to look through</source>
        <translation>본문의 JSON이 너무 커서 살펴볼 수 없음</translation>
    </message>
    <message>
        <source>This computer is offline</source>
        <translation>이 컴퓨터가 오프라인입니다</translation>
    </message>
    <message>
        <source>This computer&apos;s name server does not answer</source>
        <translation>이 컴퓨터의 네임 서버가 응답하지 않습니다</translation>
    </message>
    <message>
        <source>This computer was asleep or too busy</source>
        <translation>이 컴퓨터가 절전 중이었거나 너무 바빴습니다</translation>
    </message>
    <message>
        <source>anything else</source>
        <translation>다른 값</translation>
    </message>
    <message>
        <source>it to be there</source>
        <translation>있어야 함</translation>
    </message>
    <message>
        <source>it to be missing</source>
        <translation>없어야 함</translation>
    </message>
    <message>
        <source>No TLS certificate was shown</source>
        <translation>TLS 인증서를 받지 못함</translation>
    </message>
    <message>
        <source>More than {count} interim answers</source>
        <translation>중간 응답이 {count}개를 넘음</translation>
    </message>
    <message>
        <source>Delivery failed: {why}</source>
        <translation>전송 실패: {why}</translation>
    </message>
    <message>
        <source>Expected status {want}, got {got}</source>
        <translation>상태 코드 {want} 기대, {got} 수신</translation>
    </message>
    <message>
        <source>Status {got}</source>
        <translation>상태 코드 {got}</translation>
    </message>
    <message>
        <source>Response time {got} ms, expected at most {most} ms</source>
        <translation>응답 시간 {got} ms - 기대: {most} ms 이하</translation>
    </message>
    <message>
        <source>Response time {got} ms</source>
        <translation>응답 시간 {got} ms</translation>
    </message>
    <message>
        <source>TLS certificate has {days} days left, expected at least {least}</source>
        <translation>TLS 인증서가 {days}일 남음 - 기대: {least}일 이상</translation>
    </message>
    <message>
        <source>TLS certificate has {days} days left</source>
        <translation>TLS 인증서가 {days}일 남음</translation>
    </message>
    <message>
        <source>Body does not contain {what}, it begins with {got}</source>
        <translation>본문에 {what} 없음 - 시작 부분: {got}</translation>
    </message>
    <message>
        <source>Body does not contain {what}</source>
        <translation>본문에 {what} 없음</translation>
    </message>
    <message>
        <source>Body contains {what}</source>
        <translation>본문에 {what} 있음</translation>
    </message>
    <message>
        <source>Body does not match {what}, it begins with {got}</source>
        <translation>본문이 {what}과(와) 일치하지 않음 - 시작 부분: {got}</translation>
    </message>
    <message>
        <source>Body does not match {what}</source>
        <translation>본문이 {what}과(와) 일치하지 않음</translation>
    </message>
    <message>
        <source>Body matches {what}</source>
        <translation>본문이 {what}과(와) 일치함</translation>
    </message>
    <message>
        <source>{what}, it begins with {got}</source>
        <translation>{what}, 본문은 {got}(으)로 시작함</translation>
    </message>
    <message>
        <source>{what}, it is empty</source>
        <translation>{what}, 본문이 비어 있음</translation>
    </message>
    <message>
        <source>Body is too long to be read as JSON: over {count} KB</source>
        <translation>본문이 너무 길어 JSON으로 읽을 수 없음: {count} KB 초과</translation>
    </message>
    <message>
        <source>{what} is missing, expected {want}</source>
        <translation>{what} 없음 - 기대: {want}</translation>
    </message>
    <message>
        <source>{what} is missing</source>
        <translation>{what} 없음</translation>
    </message>
    <message>
        <source>{what} is {got}, expected {want}</source>
        <translation>{what} 값이 {got}입니다 - 기대: {want}</translation>
    </message>
    <message>
        <source>{what} is {got}</source>
        <translation>{what} 값이 {got}입니다</translation>
    </message>
    <message>
        <source>more than {limit}</source>
        <translation>{limit} 초과</translation>
    </message>
    <message>
        <source>at least {limit}</source>
        <translation>{limit} 이상</translation>
    </message>
    <message>
        <source>less than {limit}</source>
        <translation>{limit} 미만</translation>
    </message>
    <message>
        <source>at most {limit}</source>
        <translation>{limit} 이하</translation>
    </message>
    <message>
        <source>it to contain {what}</source>
        <translation>{what} 포함</translation>
    </message>
    <message>
        <source>it not to contain {what}</source>
        <translation>{what} 미포함</translation>
    </message>
    <message>
        <source>it to match {what}</source>
        <translation>{what} 일치</translation>
    </message>
    <message>
        <source>it not to match {what}</source>
        <translation>{what} 불일치</translation>
    </message>
    <message>
        <source>There is no secret {name}</source>
        <translation>비밀 정보 {name} 없음</translation>
    </message>
    <message>
        <source>The keyring does not give a secret that is needed</source>
        <translation>키링이 필요한 비밀 정보를 내주지 않음</translation>
    </message>
    <message>
        <source>The secret {name} has characters no header can carry</source>
        <translation>비밀 정보 {name}에 헤더로 보낼 수 없는 문자가 있음</translation>
    </message>
    <message>
        <source>The secret {name} is no JSON</source>
        <translation>비밀 정보 {name}의 값이 JSON이 아님</translation>
    </message>
    <message>
        <source>DNS lookup failed: {why}</source>
        <translation>DNS 조회 실패: {why}</translation>
    </message>
    <message>
        <source>{sentence} (the first {count} KB)</source>
        <translation>{sentence} (처음 {count} KB)</translation>
    </message>
    <message>
        <source>TLS certificate expired on {day}</source>
        <translation>TLS 인증서가 {day}에 만료됨</translation>
    </message>
    <message>
        <source>TLS certificate refused: {why}</source>
        <translation>TLS 인증서 거부됨: {why}</translation>
    </message>
    <message>
        <source>TLS failed: {why}</source>
        <translation>TLS 실패: {why}</translation>
    </message>
    <message>
        <source>More than {count} redirects</source>
        <translation>리디렉션 {count}회 초과</translation>
    </message>
    <message>
        <source>Internal error: {why}</source>
        <translation>내부 오류: {why}</translation>
    </message>
</context>
<context>
    <name>headings</name>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>엔드포인트</translation>
    </message>
    <message>
        <source>Last checks</source>
        <translation>최근 점검</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>응답 시간</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>최근 30일</translation>
    </message>
    <message>
        <source>Uptime 24 h</source>
        <translation>24시간 가동률</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>순위</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>안정성</translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation>가동률</translation>
    </message>
    <message>
        <source>Mean response</source>
        <translation>평균 응답</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24시간</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7일</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30일</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>기간 지정</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>대시보드</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>엔드포인트</translation>
    </message>
    <message>
        <source>Welcome to Vigil</source>
        <translation>Vigil에 오신 것을 환영합니다</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>장애</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>통계</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>환경설정</translation>
    </message>
</context>
<context>
    <name>health</name>
    <message>
        <source>Results cannot be stored: the disk is full</source>
        <translation>결과를 저장할 수 없습니다: 디스크가 가득 찼습니다</translation>
    </message>
    <message>
        <source>Results cannot be stored: the disk cannot be written</source>
        <translation>결과를 저장할 수 없습니다: 디스크에 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>The data were damaged. Restored from the backup of {time}</source>
        <translation>데이터가 손상되어 {time} 백업에서 복원했습니다</translation>
    </message>
    <message>
        <source>The data were damaged. Only the last changes are lost</source>
        <translation>데이터가 손상되었습니다. 마지막 변경만 사라졌습니다</translation>
    </message>
    <message>
        <source>The data were damaged and there was no good backup: Vigil began anew</source>
        <translation>데이터가 손상되었고 온전한 백업이 없어 새로 시작했습니다</translation>
    </message>
    <message>
        <source>The damaged file is kept as {path}</source>
        <translation>손상된 파일은 {path}에 보관되어 있습니다</translation>
    </message>
    <message>
        <source>{keyring} in the keyring, {file} in a file only you can read</source>
        <translation>키링에 {keyring}개, 나만 읽을 수 있는 파일에 {file}개</translation>
    </message>
    <message>
        <source>in this computer&apos;s keyring</source>
        <translation>이 컴퓨터의 키링에 보관</translation>
    </message>
    <message>
        <source>in a file only you can read</source>
        <translation>나만 읽을 수 있는 파일에 보관</translation>
    </message>
    <message>
        <source>Only {size} of the disk are free</source>
        <translation>디스크 여유가 {size}뿐입니다</translation>
    </message>
    <message>
        <source>Checks are late, waiting for their turn: {count}</source>
        <translation>점검이 늦어지고 있습니다. 차례를 기다리는 점검: {count}건</translation>
    </message>
    <message>
        <source>This computer is too busy: results may come late</source>
        <translation>이 컴퓨터가 너무 바빠 결과가 늦을 수 있습니다</translation>
    </message>
    <message>
        <source>Alerts wait since {time}</source>
        <translation>{time}부터 보내지 못한 알림이 있습니다</translation>
    </message>
    <message>
        <source>The disk has no room for a backup</source>
        <translation>디스크에 백업할 공간이 없습니다</translation>
    </message>
    <message>
        <source>The data are damaged: start Vigil again to restore the last backup</source>
        <translation>데이터가 손상되었습니다: Vigil을 다시 시작하면 마지막 백업에서 복원합니다</translation>
    </message>
    <message>
        <source>The last backup could not be made</source>
        <translation>마지막 백업을 만들지 못했습니다</translation>
    </message>
    <message>
        <source>The last backup is more than two days old</source>
        <translation>마지막 백업이 이틀보다 오래되었습니다</translation>
    </message>
</context>
<context>
    <name>import_words</name>
    <message>
        <source>Is watched already, with another {fields}.</source>
        <translation>이미 지켜보는 중이며 {fields} 값이 다릅니다.</translation>
    </message>
    <message>
        <source>Line {n}</source>
        <translation>{n}번째 줄</translation>
    </message>
    <message>
        <source>The file is damaged: {detail}.</source>
        <translation>파일이 손상되었습니다: {detail}.</translation>
    </message>
    <message>
        <source>The file has it twice.</source>
        <translation>파일에 두 번 있습니다.</translation>
    </message>
    <message>
        <source>Is watched already, just like this.</source>
        <translation>똑같은 설정으로 이미 지켜보는 중입니다.</translation>
    </message>
    <message>
        <source>Not carried over: {settings}.</source>
        <translation>옮기지 않음: {settings}.</translation>
    </message>
    <message>
        <source>the header {name}</source>
        <translation>헤더 {name}</translation>
    </message>
    <message>
        <source>the password of the URL</source>
        <translation>URL의 비밀번호</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>method</source>
        <translation>메서드</translation>
    </message>
    <message>
        <source>headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>body</source>
        <translation>본문</translation>
    </message>
    <message>
        <source>check interval</source>
        <translation>점검 간격</translation>
    </message>
    <message>
        <source>expected status</source>
        <translation>기대 상태 코드</translation>
    </message>
    <message>
        <source>time-out</source>
        <translation>제한 시간</translation>
    </message>
    <message>
        <source>active</source>
        <translation>사용 여부</translation>
    </message>
    <message>
        <source>slow from</source>
        <translation>저하 기준</translation>
    </message>
    <message>
        <source>failures until down</source>
        <translation>장애 판정 실패 횟수</translation>
    </message>
    <message>
        <source>successes until up</source>
        <translation>복구 판정 성공 횟수</translation>
    </message>
    <message>
        <source>retry interval</source>
        <translation>재점검 간격</translation>
    </message>
    <message>
        <source>certificate check</source>
        <translation>인증서 검증</translation>
    </message>
    <message>
        <source>redirects</source>
        <translation>리디렉션</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>conditions</source>
        <translation>조건</translation>
    </message>
    <message>
        <source>The file cannot be read: {detail}.</source>
        <translation>파일을 읽을 수 없습니다: {detail}.</translation>
    </message>
    <message>
        <source>The file is larger than {about} MB.</source>
        <translation>파일이 {about} MB보다 큽니다.</translation>
    </message>
    <message>
        <source>The file is no text that Vigil can read.</source>
        <translation>Vigil이 읽을 수 있는 텍스트 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>Vigil does not know this kind of file. It reads its own exports, Uptime Kuma (backup or kuma.db), Gatus, OpenAPI 3, Postman collections and CSV with a column url.</source>
        <translation>Vigil이 모르는 종류의 파일입니다. Vigil이 내보낸 파일, Uptime Kuma(백업 또는 kuma.db), Gatus, OpenAPI 3, Postman 컬렉션, url 열이 있는 CSV를 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>The file is damaged (line {about}): {detail}.</source>
        <translation>파일이 손상되었습니다({about}번째 줄): {detail}.</translation>
    </message>
    <message>
        <source>The file is nested too deeply.</source>
        <translation>파일이 너무 깊게 중첩되어 있습니다.</translation>
    </message>
    <message>
        <source>The file&apos;s aliases would unfold without end.</source>
        <translation>파일의 별칭을 펼치면 끝이 없습니다.</translation>
    </message>
    <message>
        <source>The file has a YAML tag, {about}: none is taken.</source>
        <translation>파일에 YAML 태그 {about}이(가) 있습니다. 태그는 받지 않습니다.</translation>
    </message>
    <message>
        <source>The file was written by a newer Vigil (version {about}).</source>
        <translation>더 새로운 Vigil이 만든 파일입니다(버전 {about}).</translation>
    </message>
    <message>
        <source>Version {about} of this format is not read.</source>
        <translation>이 형식의 버전 {about}은(는) 읽지 않습니다.</translation>
    </message>
    <message>
        <source>Only the first {about} entries are read.</source>
        <translation>처음 {about}개 항목만 읽었습니다.</translation>
    </message>
    <message>
        <source>The file holds no endpoints.</source>
        <translation>파일에 엔드포인트가 없습니다.</translation>
    </message>
    <message>
        <source>Read as {about}, since it is not Unicode.</source>
        <translation>유니코드가 아니어서 {about}(으)로 읽었습니다.</translation>
    </message>
    <message>
        <source>Uptime Kuma has not saved its newest changes to this file: stop it first to have them.</source>
        <translation>Uptime Kuma가 최근 변경 사항을 아직 이 파일에 저장하지 않았습니다. 포함하려면 먼저 Uptime Kuma를 멈추세요.</translation>
    </message>
    <message>
        <source>Describes no endpoint.</source>
        <translation>엔드포인트를 나타내지 않습니다.</translation>
    </message>
    <message>
        <source>Vigil does not check this kind: {about}.</source>
        <translation>Vigil이 점검하지 않는 종류입니다: {about}.</translation>
    </message>
    <message>
        <source>{about}: {detail}.</source>
        <translation>{about}: {detail}.</translation>
    </message>
    <message>
        <source>The variable {about} has no value.</source>
        <translation>변수 {about}에 값이 없습니다.</translation>
    </message>
    <message>
        <source>The parameter {about} has no example.</source>
        <translation>매개변수 {about}에 예시 값이 없습니다.</translation>
    </message>
    <message>
        <source>No server is named.</source>
        <translation>서버 주소가 없습니다.</translation>
    </message>
    <message>
        <source>Not carried over: {about}.</source>
        <translation>옮기지 않음: {about}.</translation>
    </message>
    <message>
        <source>Paused, for the file has not {about}.</source>
        <translation>파일에 {about}이(가) 없어 중지 상태로 둡니다.</translation>
    </message>
    <message>
        <source>{about} moved into bounds: {detail}.</source>
        <translation>{about} 값을 허용 범위로 맞춤: {detail}.</translation>
    </message>
    <message>
        <source>Paused, for Vigil has no {about}.</source>
        <translation>Vigil에 {about} 기능이 없어 중지 상태로 둡니다.</translation>
    </message>
    <message>
        <source>{about} may change things at every check.</source>
        <translation>{about} 요청은 점검할 때마다 데이터를 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>불가</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>엔드포인트</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>처리</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>{n} can be added</source>
        <translation>추가 가능 {n}개</translation>
    </message>
    <message>
        <source>{n} can be changed</source>
        <translation>변경 가능 {n}개</translation>
    </message>
    <message>
        <source>{n} skipped</source>
        <translation>건너뜀 {n}개</translation>
    </message>
    <message>
        <source>{n} not possible</source>
        <translation>불가 {n}개</translation>
    </message>
    <message>
        <source>{n} done</source>
        <translation>완료 {n}개</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>실패 {n}개</translation>
    </message>
    <message>
        <source>Add {added}, change {changed}</source>
        <translation>{added}개 추가, {changed}개 변경</translation>
    </message>
    <message>
        <source>Change {changed}</source>
        <translation>{changed}개 변경</translation>
    </message>
    <message>
        <source>Add {added}</source>
        <translation>{added}개 추가</translation>
    </message>
</context>
<context>
    <name>incident_phrases</name>
    <message>
        <source>closed by an edit</source>
        <translation>편집으로 종료</translation>
    </message>
    <message>
        <source>closed by a pause</source>
        <translation>일시 중지로 종료</translation>
    </message>
    <message>
        <source>closed by deletion</source>
        <translation>엔드포인트 삭제로 종료</translation>
    </message>
    <message>
        <source>recovered</source>
        <translation>복구됨</translation>
    </message>
    <message>
        <source>{name} is down</source>
        <translation>{name} 장애</translation>
    </message>
    <message>
        <source>{name} recovered</source>
        <translation>{name} 복구됨</translation>
    </message>
    <message>
        <source>{name} - {how}</source>
        <translation>{name} - {how}</translation>
    </message>
    <message>
        <source>after {span} - {when}</source>
        <translation>{span} 만에 - {when}</translation>
    </message>
    <message>
        <source>began {when}</source>
        <translation>{when}에 시작</translation>
    </message>
    <message>
        <source>Snoozed until it recovers</source>
        <translation>복구될 때까지 미룸</translation>
    </message>
    <message>
        <source>Snoozed until {when}</source>
        <translation>{when}까지 미룸</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>확인함</translation>
    </message>
    <message>
        <source>Acknowledged {when}</source>
        <translation>{when} 확인함</translation>
    </message>
    <message>
        <source>{known} - snoozed until it recovers</source>
        <translation>{known} - 복구될 때까지 미룸</translation>
    </message>
    <message>
        <source>{known} - snoozed until {when}</source>
        <translation>{known} - {when}까지 미룸</translation>
    </message>
    <message>
        <source>open for {span}</source>
        <translation>{span}째 진행 중</translation>
    </message>
    <message>
        <source>This computer was asleep</source>
        <translation>이 컴퓨터가 절전 중이었습니다</translation>
    </message>
    <message>
        <source>Offline for {span}</source>
        <translation>{span} 동안 오프라인</translation>
    </message>
</context>
<context>
    <name>inputs</name>
    <message>
        <source> s</source>
        <translation>초</translation>
    </message>
</context>
<context>
    <name>json_text</name>
    <message>
        <source>line {line}, column {column}</source>
        <translation>{line}번째 줄, {column}번째 글자</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>너무 깊게 중첩되어 있습니다</translation>
    </message>
    <message>
        <source>it holds half a character</source>
        <translation>글자의 반쪽만 들어 있습니다</translation>
    </message>
    <message>
        <source>a number in it is too large</source>
        <translation>너무 큰 숫자가 들어 있습니다</translation>
    </message>
    <message>
        <source>{word} is no JSON number</source>
        <translation>{word}은(는) JSON 숫자가 아닙니다</translation>
    </message>
</context>
<context>
    <name>phases</name>
    <message>
        <source>DNS lookup</source>
        <translation>DNS 조회</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>첫 바이트</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} ms</translation>
    </message>
</context>
<context>
    <name>phrases</name>
    <message>
        <source>Paused</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>장애</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>저하</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>성공</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>보류</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} ms</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s}초</translation>
    </message>
    <message>
        <source>{min} min {s} s</source>
        <translation>{min}분 {s}초</translation>
    </message>
    <message>
        <source>{min} min</source>
        <translation>{min}분</translation>
    </message>
    <message>
        <source>{h} h {min} min</source>
        <translation>{h}시간 {min}분</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h}시간</translation>
    </message>
    <message>
        <source>{d} d {h} h</source>
        <translation>{d}일 {h}시간</translation>
    </message>
    <message>
        <source>{d} d</source>
        <translation>{d}일</translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <translation>어제 {time}</translation>
    </message>
    <message>
        <source>{month} {day}, {time}</source>
        <translation>{month} {day}일 {time}</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>{time} 기준</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message>
        <source>{span} ago</source>
        <translation>{span} 전</translation>
    </message>
    <message>
        <source>Paused - no checks are made</source>
        <translation>중지됨 - 점검하지 않습니다</translation>
    </message>
    <message>
        <source>Waiting for the first check</source>
        <translation>첫 점검을 기다리는 중</translation>
    </message>
    <message>
        <source>Down for {span}</source>
        <translation>{span}째 장애</translation>
    </message>
    <message>
        <source>Slow for {span}</source>
        <translation>{span}째 성능 저하</translation>
    </message>
    <message>
        <source>Up for {span}</source>
        <translation>{span}째 정상</translation>
    </message>
    <message>
        <source>✅ {name} is up</source>
        <translation>✅ {name} 정상 작동</translation>
    </message>
    <message>
        <source>❌ {name} is down</source>
        <translation>❌ {name} 장애 발생</translation>
    </message>
    <message>
        <source>⚠️ {name} is slow</source>
        <translation>⚠️ {name} 성능 저하</translation>
    </message>
    <message>
        <source>🚨 Incident started: {name}</source>
        <translation>🚨 {name} 장애 시작됨</translation>
    </message>
    <message>
        <source>✨ {name} has recovered</source>
        <translation>✨ {name} 복구됨</translation>
    </message>
    <message>
        <source>Subscription failed</source>
        <translation>구독 실패</translation>
    </message>
    <message>
        <source>{name} and {count} more</source>
        <translation>{name} 외 {count}개</translation>
    </message>
    <message>
        <source>Vigil - not connected</source>
        <translation>Vigil - 연결되지 않음</translation>
    </message>
    <message>
        <source>{n} down</source>
        <translation>장애 {n}</translation>
    </message>
    <message>
        <source>{n} slow</source>
        <translation>저하 {n}</translation>
    </message>
    <message>
        <source>{n} up</source>
        <translation>정상 {n}</translation>
    </message>
    <message>
        <source>checked {time}</source>
        <translation>점검 {time}</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>아직 점검하지 않음</translation>
    </message>
</context>
<context>
    <name>presenters</name>
    <message>
        <source>{count} down</source>
        <translation>장애 {count}개</translation>
    </message>
    <message>
        <source>Could not resume</source>
        <translation>다시 시작하지 못했습니다</translation>
    </message>
    <message>
        <source>Could not pause</source>
        <translation>일시 중지하지 못했습니다</translation>
    </message>
    <message>
        <source>Import endpoints</source>
        <translation>엔드포인트 가져오기</translation>
    </message>
    <message>
        <source>All that can be read</source>
        <translation>읽을 수 있는 모든 파일</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Import: {added} added, {changed} changed</source>
        <translation>가져오기: {added}개 추가, {changed}개 변경</translation>
    </message>
    <message>
        <source>Import: {changed} changed</source>
        <translation>가져오기: {changed}개 변경</translation>
    </message>
    <message>
        <source>Import: {added} added</source>
        <translation>가져오기: {added}개 추가</translation>
    </message>
    <message>
        <source>Could not undo</source>
        <translation>되돌리지 못했습니다</translation>
    </message>
    <message>
        <source>The import was taken back</source>
        <translation>가져오기를 되돌렸습니다</translation>
    </message>
    <message>
        <source>Could not check now</source>
        <translation>지금 점검하지 못했습니다</translation>
    </message>
    <message>
        <source>Could not delete</source>
        <translation>삭제하지 못했습니다</translation>
    </message>
    <message>
        <source>Resuming</source>
        <translation>재개 중</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>일시 중지하는 중</translation>
    </message>
    <message>
        <source>Resumed {count} endpoints</source>
        <translation>엔드포인트 {count}개 재개됨</translation>
    </message>
    <message>
        <source>Paused {count} endpoints</source>
        <translation>엔드포인트 {count}개 일시 중지됨</translation>
    </message>
    <message>
        <source>{count} endpoints</source>
        <translation>엔드포인트 {count}개</translation>
    </message>
    <message>
        <source>Tagged {endpoints}: {tag}</source>
        <translation>{endpoints}에 태그 추가: {tag}</translation>
    </message>
    <message>
        <source>No longer tagged, {endpoints}: {tag}</source>
        <translation>{endpoints}에서 태그 제거: {tag}</translation>
    </message>
    <message>
        <source>Tagging</source>
        <translation>태그 변경 중</translation>
    </message>
    <message>
        <source>Could not tag</source>
        <translation>태그를 바꾸지 못했습니다</translation>
    </message>
    <message>
        <source>Changing the interval</source>
        <translation>간격 변경 중</translation>
    </message>
    <message>
        <source>Could not change the interval</source>
        <translation>간격을 바꾸지 못했습니다</translation>
    </message>
    <message>
        <source>{count} endpoints are checked in another interval</source>
        <translation>엔드포인트 {count}개의 점검 간격 변경됨</translation>
    </message>
    <message>
        <source>{name} is checked in another interval</source>
        <translation>{name}의 점검 간격 변경됨</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>삭제 중</translation>
    </message>
    <message>
        <source>Deleted {name}</source>
        <translation>{name} 삭제됨</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>점검 중</translation>
    </message>
    <message>
        <source>There was nothing to change</source>
        <translation>바꿀 것이 없었습니다</translation>
    </message>
    <message>
        <source>Deleted {count} endpoints</source>
        <translation>엔드포인트 {count}개 삭제됨</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>There is no connection right now. Nothing was tested.</source>
        <translation>지금은 연결되어 있지 않습니다. 테스트하지 못했습니다.</translation>
    </message>
    <message>
        <source>This endpoint was deleted meanwhile.</source>
        <translation>이 엔드포인트는 그사이 삭제되었습니다.</translation>
    </message>
    <message>
        <source>❌ {count} endpoints are down</source>
        <translation>❌ 엔드포인트 {count}개 장애 발생</translation>
    </message>
    <message>
        <source>✨ {count} endpoints have recovered</source>
        <translation>✨ 엔드포인트 {count}개 복구됨</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Vigil can reach you here</source>
        <translation>Vigil 알림이 여기에 표시됩니다</translation>
    </message>
    <message>
        <source>This is how an outage will be told.</source>
        <translation>장애가 나면 이렇게 알려 드립니다.</translation>
    </message>
    <message>
        <source>Sent. If none appears, look whether this computer&apos;s own do-not-disturb is on.</source>
        <translation>보냈습니다. 나타나지 않으면 이 컴퓨터의 방해 금지 모드가 켜져 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>This computer offers no notifications. Alerts are shown in the window.</source>
        <translation>이 컴퓨터에는 알림 기능이 없습니다. 알림은 창 안에 표시됩니다.</translation>
    </message>
    <message>
        <source>Something unexpected happened in Vigil</source>
        <translation>Vigil에 예기치 않은 문제가 발생했습니다</translation>
    </message>
    <message>
        <source>It is written down in {file}.</source>
        <translation>자세한 내용은 {file} 파일에 기록했습니다.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Failing since {time}</source>
        <translation>{time}부터 실패</translation>
    </message>
    <message>
        <source>Online again</source>
        <translation>다시 온라인</translation>
    </message>
    <message>
        <source>Was down for {span}</source>
        <translation>장애 시간 {span}</translation>
    </message>
    <message>
        <source>There is no connection right now. Nothing was changed.</source>
        <translation>지금은 연결되어 있지 않습니다. 아무것도 바뀌지 않았습니다.</translation>
    </message>
    <message>
        <source>The backend is running but does not answer. After a minute it is restarted.</source>
        <translation>백엔드가 실행 중이지만 응답하지 않습니다. 1분이 지나면 다시 시작합니다.</translation>
    </message>
    <message>
        <source>The backend does not answer.</source>
        <translation>백엔드가 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>{folder} is in use by another Vigil backend or cannot be written.</source>
        <translation>{folder} 폴더를 다른 Vigil 백엔드가 사용 중이거나 폴더에 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The data in {folder} are of a newer Vigil. Install that version to see them.</source>
        <translation>{folder} 폴더의 데이터는 더 새로운 버전의 Vigil에서 만들어졌습니다. 그 버전을 설치하면 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The backend stopped and cannot be restarted.</source>
        <translation>백엔드가 멈췄고 다시 시작할 수 없습니다.</translation>
    </message>
    <message>
        <source>Its log is in {logs}</source>
        <translation>로그 위치: {logs}</translation>
    </message>
    <message>
        <source>Vigil keeps watching</source>
        <translation>Vigil이 계속 감시합니다</translation>
    </message>
    <message>
        <source>It is in the tray now. Quit there, or change this in the preferences.</source>
        <translation>이제 트레이에 있습니다. 종료는 트레이에서, 이 동작은 환경설정에서 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>The channel could not be switched</source>
        <translation>채널을 켜거나 끄지 못했습니다</translation>
    </message>
    <message>
        <source>The channel could not be deleted</source>
        <translation>채널을 삭제하지 못했습니다</translation>
    </message>
    <message>
        <source>This channel was deleted meanwhile.</source>
        <translation>그 사이에 이 채널이 삭제되었습니다.</translation>
    </message>
    <message>
        <source>Could not acknowledge</source>
        <translation>확인하지 못했습니다</translation>
    </message>
    <message>
        <source>Could not take back</source>
        <translation>되돌리지 못했습니다</translation>
    </message>
    <message>
        <source>No longer acknowledged: {name}</source>
        <translation>확인 취소: {name}</translation>
    </message>
    <message>
        <source>Could not save</source>
        <translation>저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Undoing</source>
        <translation>실행 취소 중</translation>
    </message>
    <message>
        <source>{doing}: {done} of {count}</source>
        <translation>{doing}: {count}개 중 {done}개</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>연결이 끊겼습니다</translation>
    </message>
    <message>
        <source>Not for {failed} of {count}: {why}</source>
        <translation>{count}개 중 {failed}개는 제외: {why}</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>다른 이름으로 저장</translation>
    </message>
    <message>
        <source>Saved {file}</source>
        <translation>{file} 저장됨</translation>
    </message>
    <message>
        <source>The file cannot be written: {reason}.</source>
        <translation>파일을 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>Endpoints: {n}</source>
        <translation>엔드포인트 {n}개</translation>
    </message>
    <message>
        <source>Endpoints: {n}, secrets left out: {secrets}</source>
        <translation>엔드포인트 {n}개, 제외한 비밀 {secrets}개</translation>
    </message>
    <message>
        <source>Checks: {n}</source>
        <translation>점검 결과 {n}개</translation>
    </message>
    <message>
        <source>The system did not let Vigil change this: {reason}</source>
        <translation>시스템이 이 변경을 허용하지 않았습니다: {reason}</translation>
    </message>
    <message>
        <source>Vigil {version} is available</source>
        <translation>Vigil {version} 버전이 나왔습니다</translation>
    </message>
    <message>
        <source>You have {version}.</source>
        <translation>현재 버전은 {version}입니다.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>{server} does not answer.</source>
        <translation>{server} 서버가 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>Enter a token</source>
        <translation>토큰 입력</translation>
    </message>
    <message>
        <source>This token may only read.</source>
        <translation>이 토큰은 읽기만 할 수 있습니다.</translation>
    </message>
    <message>
        <source>{server} wants a token.</source>
        <translation>{server}에 연결하려면 토큰이 필요합니다.</translation>
    </message>
    <message>
        <source>{server} does not take the token any more: another one is needed.</source>
        <translation>{server} 서버가 이 토큰을 더 이상 받아들이지 않습니다. 다른 토큰이 필요합니다.</translation>
    </message>
    <message>
        <source>The certificate of {server} is not trusted ({detail}). Start Vigil with --ca FILE if an authority of your own has issued it.</source>
        <translation>{server}의 인증서를 신뢰할 수 없습니다({detail}). 자체 인증 기관이 발급한 인증서라면 --ca FILE 옵션으로 Vigil을 시작하세요.</translation>
    </message>
    <message>
        <source>The server does not answer to the name {server}: --allow-host there lets it.</source>
        <translation>서버가 {server}라는 이름에 응답하지 않습니다. 서버에서 --allow-host 옵션으로 허용할 수 있습니다.</translation>
    </message>
    <message>
        <source>The file given with --ca holds no certificate of an authority.</source>
        <translation>--ca로 지정한 파일에 인증 기관의 인증서가 없습니다.</translation>
    </message>
    <message>
        <source>The secret {name} is kept</source>
        <translation>비밀 정보 {name}을(를) 보관했습니다</translation>
    </message>
    <message>
        <source>The secret {name} was deleted</source>
        <translation>비밀 정보 {name}을(를) 삭제했습니다</translation>
    </message>
</context>
<context>
    <name>quiet</name>
    <message>
        <source>30 min</source>
        <translation>30분</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1시간</translation>
    </message>
    <message>
        <source>until tomorrow</source>
        <translation>내일까지</translation>
    </message>
    <message>
        <source>Pause alerts for 30 min</source>
        <translation>30분 동안 알림 일시 중지</translation>
    </message>
    <message>
        <source>Pause alerts for 1 h</source>
        <translation>1시간 동안 알림 일시 중지</translation>
    </message>
    <message>
        <source>Pause alerts until tomorrow</source>
        <translation>내일까지 알림 일시 중지</translation>
    </message>
    <message>
        <source>Alerts paused until {time}</source>
        <translation>{time}까지 알림 일시 중지됨</translation>
    </message>
    <message>
        <source>Resume alerts (paused until {time})</source>
        <translation>알림 다시 시작 ({time}까지 일시 중지됨)</translation>
    </message>
    <message>
        <source>While alerts are paused, Vigil shows no desktop notifications. It keeps checking; the window, the tray icon and your channels go on. What is still down when the pause ends is told then.</source>
        <translation>일시 중지하는 동안 Vigil은 데스크톱 알림을 표시하지 않습니다. 점검은 계속되고 창, 트레이 아이콘, 알림 채널도 그대로 작동합니다. 일시 중지가 끝날 때까지 이어진 장애는 그때 알립니다.</translation>
    </message>
    <message>
        <source>tomorrow {time}</source>
        <translation>내일 {time}</translation>
    </message>
</context>
<context>
    <name>refusals</name>
    <message>
        <source>Must be a list</source>
        <translation>목록이어야 합니다</translation>
    </message>
    <message>
        <source>Must be an object of names and values</source>
        <translation>이름과 값으로 된 객체여야 합니다</translation>
    </message>
    <message>
        <source>Must be a whole number</source>
        <translation>정수여야 합니다</translation>
    </message>
    <message>
        <source>Is required</source>
        <translation>필수 항목입니다</translation>
    </message>
    <message>
        <source>Is not a known field</source>
        <translation>알 수 없는 항목입니다</translation>
    </message>
    <message>
        <source>Must not be empty</source>
        <translation>비워 둘 수 없습니다</translation>
    </message>
    <message>
        <source>Must be a text</source>
        <translation>텍스트여야 합니다</translation>
    </message>
    <message>
        <source>Must be a number</source>
        <translation>숫자여야 합니다</translation>
    </message>
    <message>
        <source>Must be yes or no</source>
        <translation>예 또는 아니요여야 합니다</translation>
    </message>
    <message>
        <source>Must name its time zone</source>
        <translation>시간대를 포함해야 합니다</translation>
    </message>
    <message>
        <source>This token may only read</source>
        <translation>이 토큰은 읽기만 할 수 있습니다</translation>
    </message>
    <message>
        <source>Must not contain spaces or control characters</source>
        <translation>공백이나 제어 문자를 포함할 수 없습니다</translation>
    </message>
    <message>
        <source>Must start with http:// or https://</source>
        <translation>http:// 또는 https://로 시작해야 합니다</translation>
    </message>
    <message>
        <source>Must name a host</source>
        <translation>호스트를 포함해야 합니다</translation>
    </message>
    <message>
        <source>Must not name port 0</source>
        <translation>포트 0은 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Must be a date between the years 1 and 9999 in UTC</source>
        <translation>UTC 기준 1년에서 9999년 사이의 날짜여야 합니다</translation>
    </message>
    <message>
        <source>Must have one end of the snooze, not two</source>
        <translation>미루기를 끝낼 때는 하나만 지정할 수 있습니다</translation>
    </message>
    <message>
        <source>Must be a status such as 204, or a range such as 200-299</source>
        <translation>204 같은 상태 코드나 200-299 같은 범위여야 합니다</translation>
    </message>
    <message>
        <source>Must not end before it begins</source>
        <translation>끝이 시작보다 앞설 수 없습니다</translation>
    </message>
    <message>
        <source>Is not a valid header name</source>
        <translation>올바른 헤더 이름이 아닙니다</translation>
    </message>
    <message>
        <source>The value must be left out: nothing is compared</source>
        <translation>비교하지 않으므로 값을 비워 두어야 합니다</translation>
    </message>
    <message>
        <source>The value must be a number for this comparison</source>
        <translation>이 비교에는 값이 숫자여야 합니다</translation>
    </message>
    <message>
        <source>The value must be a text for this comparison</source>
        <translation>이 비교에는 값이 텍스트여야 합니다</translation>
    </message>
    <message>
        <source>A value is required for this comparison</source>
        <translation>이 비교에는 값이 필요합니다</translation>
    </message>
    <message>
        <source>Must not contain line breaks or control characters</source>
        <translation>줄바꿈이나 제어 문자를 포함할 수 없습니다</translation>
    </message>
    <message>
        <source>Must be an e-mail address</source>
        <translation>이메일 주소여야 합니다</translation>
    </message>
    <message>
        <source>Quiet hours must not end when they start</source>
        <translation>방해 금지 시간의 시작과 끝이 같을 수 없습니다</translation>
    </message>
    <message>
        <source>A recovery is told only where an outage or slowness was told</source>
        <translation>복구 알림은 장애나 저하 알림과 함께만 받을 수 있습니다</translation>
    </message>
    <message>
        <source>The change could not be stored</source>
        <translation>변경 내용을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Nothing was stored: the disk is full</source>
        <translation>아무것도 저장되지 않았습니다: 디스크가 가득 찼습니다</translation>
    </message>
    <message>
        <source>Nothing was stored: the disk cannot be written</source>
        <translation>아무것도 저장되지 않았습니다: 디스크에 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Nothing is checked now: this computer is about to sleep</source>
        <translation>지금은 점검하지 않습니다: 이 컴퓨터가 곧 절전 모드로 들어갑니다</translation>
    </message>
    <message>
        <source>Internal error</source>
        <translation>내부 오류</translation>
    </message>
    <message>
        <source>The incident is over: only an open one can be acknowledged</source>
        <translation>이미 끝난 장애입니다: 진행 중인 장애만 확인할 수 있습니다</translation>
    </message>
    <message>
        <source>The request took too long to arrive</source>
        <translation>요청이 도착하는 데 너무 오래 걸렸습니다</translation>
    </message>
    <message>
        <source>Must not name a secret: it is one itself</source>
        <translation>그 자체가 비밀 정보이므로 다른 비밀 정보를 부를 수 없습니다</translation>
    </message>
    <message>
        <source>Must be at least {least}</source>
        <translation>{least} 이상이어야 합니다</translation>
    </message>
    <message>
        <source>Must be at most {most}</source>
        <translation>{most} 이하여야 합니다</translation>
    </message>
    <message>
        <source>Must have at least {least} characters</source>
        <translation>{least}자 이상이어야 합니다</translation>
    </message>
    <message>
        <source>Must have at most {most} characters</source>
        <translation>{most}자 이하여야 합니다</translation>
    </message>
    <message>
        <source>Must have at least {least} entries</source>
        <translation>항목이 {least}개 이상이어야 합니다</translation>
    </message>
    <message>
        <source>Must have at most {most} entries</source>
        <translation>항목이 {most}개 이하여야 합니다</translation>
    </message>
    <message>
        <source>Must be one of: {words}</source>
        <translation>다음 중 하나여야 합니다: {words}</translation>
    </message>
    <message>
        <source>Is not written as it should be</source>
        <translation>형식이 올바르지 않습니다</translation>
    </message>
    <message>
        <source>Is not a valid URL ({why})</source>
        <translation>올바른 URL이 아닙니다 ({why})</translation>
    </message>
    <message>
        <source>Names a host that cannot exist: {host}</source>
        <translation>존재할 수 없는 호스트입니다: {host}</translation>
    </message>
    <message>
        <source>{name} is not a valid header name</source>
        <translation>{name}은(는) 올바른 헤더 이름이 아닙니다</translation>
    </message>
    <message>
        <source>The value of {name} must not contain control characters</source>
        <translation>{name}의 값은 제어 문자를 포함할 수 없습니다</translation>
    </message>
    <message>
        <source>The value of {name} has characters HTTP cannot carry</source>
        <translation>{name}의 값에 HTTP로 보낼 수 없는 문자가 있습니다</translation>
    </message>
    <message>
        <source>{name} is not a known time zone</source>
        <translation>{name}은(는) 알 수 없는 시간대입니다</translation>
    </message>
    <message>
        <source>Is not a JSONPath ({why})</source>
        <translation>JSONPath가 아닙니다 ({why})</translation>
    </message>
    <message>
        <source>Is not a regular expression ({why})</source>
        <translation>정규식이 아닙니다 ({why})</translation>
    </message>
    <message>
        <source>Must have at most {most} characters as a secret</source>
        <translation>비밀 정보로는 {most}자까지만 보관할 수 있습니다</translation>
    </message>
    <message>
        <source>Must not name a secret in {name}, which is one itself</source>
        <translation>{name}은(는) 그 자체가 비밀 정보이므로 다른 비밀 정보를 부를 수 없습니다</translation>
    </message>
    <message>
        <source>This endpoint is gone</source>
        <translation>이 엔드포인트는 더 이상 없습니다</translation>
    </message>
    <message>
        <source>This incident is gone</source>
        <translation>이 장애는 더 이상 없습니다</translation>
    </message>
    <message>
        <source>The backend answered with HTTP status {code}</source>
        <translation>백엔드 응답: HTTP 상태 {code}</translation>
    </message>
    <message>
        <source>The request is not valid JSON ({why})</source>
        <translation>요청이 올바른 JSON이 아닙니다 ({why})</translation>
    </message>
    <message>
        <source>Is no kind of condition that is known</source>
        <translation>알 수 없는 종류의 조건입니다</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>{n} more endpoints are in the table above only.</source>
        <translation>나머지 엔드포인트 {n}개는 위 표에만 있습니다.</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>엔드포인트</translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation>가동률</translation>
    </message>
    <message>
        <source>Down for</source>
        <translation>장애 시간</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>장애</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>중앙값</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Failed checks</source>
        <translation>실패한 점검</translation>
    </message>
    <message>
        <source>and {n} more incidents</source>
        <translation>외 장애 {n}건</translation>
    </message>
    <message>
        <source>Vigil report</source>
        <translation>Vigil 보고서</translation>
    </message>
    <message>
        <source>{start} to {end} ({period})</source>
        <translation>{start} ~ {end} ({period})</translation>
    </message>
</context>
</TS>
